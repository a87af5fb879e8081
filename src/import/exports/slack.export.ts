import { type ChatExport, listAt } from './chat-export';

interface SlackMessage {
  type?: string;
  subtype?: string;
  ts?: string;
  thread_ts?: string;
}

/** All other subtypes are events, such as somebody joining. */
const MESSAGE_SUBTYPES = [
  undefined,
  'bot_message',
  'file_share',
  'me_message',
  'slackbot_response',
  'thread_broadcast',
];

/** The zip archive of a workspace: a folder for each channel, and in it a file for each day. A thread is a session. */
export const SLACK: ChatExport = {
  hasMessages: (member) => /(?:^|\/)[^/]+\/\d{4}-\d\d-\d\d\.json$/.test(member),
  messagesOf: (document, member) => {
    const channel = member.split(/[/\\]/).at(-2);
    const entries = listAt<SlackMessage>(document, []);
    // The lists of users and channels have no types.
    if (entries !== undefined && entries.length > 0 && entries.every(({ type }) => type === undefined))
      return undefined;
    return entries
      ?.filter(({ type, subtype }) => type === 'message' && MESSAGE_SUBTYPES.includes(subtype))
      .map(({ ts, thread_ts: thread = ts }) => ({
        ...(channel === undefined ? {} : { channel }),
        session_id: thread,
        created_at: ts,
        id: `${channel ?? ''}/${ts}`,
      }));
  },
};
