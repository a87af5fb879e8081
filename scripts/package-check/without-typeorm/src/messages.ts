import type { MessagesOptions } from '@chat-reports/nestjs';

/** Where the messages are, whatever reads them. */
export const messages: MessagesOptions = {
  columns: { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' },
  filter: { where: 'message_type <> :activity', parameters: { activity: 2 } },
};
