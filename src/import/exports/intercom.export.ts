import { type ChatExport, listAt } from './chat-export';

interface Part {
  id?: string;
  part_type?: string;
  body?: string | null;
  attachments?: unknown[] | null;
  created_at?: number;
}
interface Conversation {
  id?: string;
  created_at?: number;
  source?: { id?: string; type?: string };
}

/** Lists and search results lack the parts, so nearly all messages would be missing. */
const WITHOUT_PARTS = 'which only GET /conversations/{id} returns';

/** Conversations with their parts, as `GET /conversations/{id}` returns them: one, a list, or one per line. */
export const INTERCOM: ChatExport = {
  messagesOf: (document) => {
    const isOne = (document as { type?: unknown } | null)?.type === 'conversation';
    const conversations = isOne ? [document as Conversation] : listAt<Conversation>(document, [], ['conversations']);
    return conversations?.flatMap((conversation) => {
      const { id, created_at, source } = conversation;
      const parts = listAt<Part>(conversation, ['conversation_parts', 'conversation_parts'], ['conversation_parts']);
      if (parts === undefined) throw new Error(`conversation ${id} has no conversation_parts, ${WITHOUT_PARTS}`);
      const replies = parts.filter(isMessage);
      const channel = source?.type ?? 'conversation';
      return [{ id: source?.id ?? id, created_at }, ...replies].map((message) => ({
        channel,
        session_id: id,
        created_at: message.created_at,
        id: message.id,
      }));
    });
  },
};

/** Parts without a text or a file are events, such as an assignment. */
function isMessage({ part_type = '', body, attachments }: Part): boolean {
  return !part_type.startsWith('note') && (Boolean(body) || (attachments ?? []).length > 0);
}
