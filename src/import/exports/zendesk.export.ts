import { type ChatExport, listAt } from './chat-export';
import { messagesOfEvent, messagesOfTicket, type Ticket, type TicketEvent } from './zendesk.tickets';

interface Chat {
  id: string;
  type?: string;
  timestamp?: string;
}
interface Entry {
  type?: string;
  timestamp?: string;
  msg_id?: string;
}

/** The entries of a history that the other side sees: texts and files. */
const MESSAGE_TYPES = ['chat.msg', 'chat.file'];

/**
 * Chats of Zendesk Chat with their history, tickets of Zendesk Support with their comments, and the events of tickets:
 * as the API, its incremental exports and the JSON export of an account contain them.
 */
export const ZENDESK: ChatExport = {
  messagesOf: (document) => {
    const isOne = (document as { id?: unknown } | null)?.id !== undefined;
    const items = isOne
      ? [document as object]
      : listAt<object>(document, [], ['chats'], ['tickets'], ['ticket_events']);
    const messages = items?.map((item) => {
      if ('child_events' in item) return messagesOfEvent(item as TicketEvent);
      const { id } = item as { id?: unknown };
      if (typeof id === 'number') return messagesOfTicket(item as Ticket);
      return typeof id === 'string' ? messagesOfChat(item as Chat) : undefined;
    });
    return messages?.includes(undefined) ? undefined : messages?.flatMap((some) => some ?? []);
  },
};

function messagesOfChat(chat: Chat) {
  const session = { channel: 'chat', session_id: chat.id };
  if (chat.type === 'offline_msg') return [{ ...session, created_at: chat.timestamp, id: chat.id }];
  const history = listAt<Entry>(chat, ['history']);
  if (history === undefined) throw new Error(`chat ${chat.id} has no history; request the chats with fields=chats(*)`);
  const messages = history.filter(({ type = '' }) => MESSAGE_TYPES.includes(type));
  return messages.map(({ timestamp, msg_id }, index) => ({
    ...session,
    created_at: timestamp,
    id: `${chat.id}/${msg_id ?? index}`,
  }));
}
