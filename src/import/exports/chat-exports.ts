import type { ChatExport } from './chat-export';
import { CHATWOOT } from './chatwoot.export';
import { INTERCOM } from './intercom.export';
import { SLACK } from './slack.export';
import { ZENDESK } from './zendesk.export';

/** The exports that can be imported, by the names that users give. */
export const CHAT_EXPORTS = {
  slack: SLACK,
  intercom: INTERCOM,
  zendesk: ZENDESK,
  chatwoot: CHATWOOT,
} satisfies Record<string, ChatExport>;

export type ChatExportName = keyof typeof CHAT_EXPORTS;
export const CHAT_EXPORT_NAMES = Object.keys(CHAT_EXPORTS) as ChatExportName[];
