import { type ChatExport, listAt } from './chat-export';

interface ChatwootMessage {
  id?: number;
  conversation_id?: number;
  inbox_id?: number;
  message_type?: number;
  private?: boolean;
  created_at?: number;
}

/** The type of notices in a conversation that are not messages, such as "resolved". */
const ACTIVITY = 2;

/** Messages, as `GET /conversations/{id}/messages` returns them, or one per line. An inbox is a channel. */
export const CHATWOOT: ChatExport = {
  messagesOf: (document) =>
    ('message_type' in Object(document)
      ? [document as ChatwootMessage]
      : listAt<ChatwootMessage>(document, [], ['payload'])
    )
      ?.filter((message) => message.message_type !== ACTIVITY && message.private !== true)
      .map(({ id, conversation_id, inbox_id, created_at }) => ({
        channel: inbox_id,
        session_id: conversation_id,
        created_at,
        id,
      })),
};
