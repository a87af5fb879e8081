import type { RawRow } from '../message-row';
import { listAt } from './chat-export';

/** How somebody wrote: a name in events, an object in tickets. */
type Via = string | { channel?: string };

interface Comment {
  id?: number;
  /** Also of phone calls: `VoiceComment`. Events without comments have only `event_type`. */
  type?: string;
  event_type?: string;
  public?: boolean;
  comment_public?: boolean;
  created_at?: string;
  via?: Via;
}

export interface Ticket {
  id: number;
  via?: Via;
}

export interface TicketEvent {
  ticket_id?: number;
  created_at?: string;
  timestamp?: number;
  via?: Via;
}

/** Private comments are not messages. A ticket is a session, and the way in which it was opened is the channel. */
export function messagesOfTicket(ticket: Ticket): RawRow['values'][] {
  const comments = listAt<Comment>(ticket, ['comments']);
  if (comments === undefined) {
    const advice = 'use the JSON export of the account, or incremental/ticket_events';
    throw new Error(`ticket ${ticket.id} has no comments; ${advice}`);
  }
  const messages = comments.filter((comment) => comment.public !== false);
  return messages.map((comment) => toMessage(comment, channelOf(ticket.via), ticket.id, comment.created_at));
}

/** An event of a ticket has changes, of which comments are messages. */
export function messagesOfEvent(event: TicketEvent): RawRow['values'][] {
  const changes = listAt<Comment>(event, ['child_events']) ?? [];
  const comments = changes.filter(({ type, event_type }) => /Comment$/.test(type ?? event_type ?? ''));
  const messages = comments.filter((comment) => (comment.public ?? comment.comment_public) !== false);
  return messages.map((comment) => {
    const createdAt = comment.created_at ?? event.created_at ?? event.timestamp;
    return toMessage(comment, channelOf(comment.via) ?? channelOf(event.via), event.ticket_id, createdAt);
  });
}

function toMessage({ id }: Comment, channel = 'ticket', ticket: unknown, createdAt: unknown): RawRow['values'] {
  return { channel, session_id: ticket, created_at: createdAt, id: `comment/${id}` };
}

function channelOf(via?: Via): string | undefined {
  return typeof via === 'string' ? via.toLowerCase() : via?.channel;
}
