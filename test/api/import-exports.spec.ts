import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChatExportName } from '../../src/import/exports/chat-exports';
import { MessageFile } from '../../src/import/message-file';
import { zip } from '../support/stored-as';

const SLACK = {
  'channels.json': '[{"id":"C1","name":"support"}]',
  'users.json': '[{"id":"U1"}]',
  'support/2024-05-06.json': JSON.stringify(
    [
      { type: 'message', subtype: 'channel_join', user: 'U1', ts: '1714982400.000100' },
      { type: 'message', user: 'U1', text: 'Hello', ts: '1714982460.000200', thread_ts: '1714982460.000200' },
      { type: 'message', subtype: 'bot_message', text: 'Hi', ts: '1714982470.500000', thread_ts: '1714982460.000200' },
    ],
    null,
    4,
  ),
  'groups.json': '[]',
  'dms.json': '[{"id":"D1","members":["U1","U2"]}]',
  'integration_logs.json': '[{"service_type":"GitHub","date":"1714982400"}]',
  'canvases.json': '[]',
  'D1/2024-05-06.json': JSON.stringify([
    {
      type: 'message',
      subtype: 'tombstone',
      user: 'USLACKBOT',
      ts: '1714982460.000100',
      text: 'This message was deleted.',
    },
    { type: 'message', subtype: 'slackbot_response', user: 'USLACKBOT', text: 'Look here', ts: '1714982461.000100' },
    {
      type: 'message',
      bot_id: 'B1',
      text: 'Alert',
      ts: '1714982462.000100',
      edited: { user: 'B1', ts: '1714982463.000000' },
    },
  ]),
  'sales/2024-05-07.json': JSON.stringify([{ type: 'message', user: 'U1', ts: '1715068800.000300' }]),
};

const INTERCOM = {
  type: 'conversation',
  id: '147',
  created_at: 1714982460,
  source: { type: 'whatsapp', id: '269' },
  conversation_parts: {
    type: 'conversation_part.list',
    conversation_parts: [
      { id: '1', part_type: 'assignment', body: null, created_at: 1714982461 },
      { id: '2', part_type: 'note', body: '<p>Only for us</p>', created_at: 1714982462 },
      { id: '3', part_type: 'comment', body: '<p>Hi</p>', created_at: 1714982463 },
      { id: '4', part_type: 'note_and_reopen', body: '<p>Only for us</p>', created_at: 1714982464 },
      { id: '5', part_type: 'comment', body: null, attachments: [{ type: 'upload' }], created_at: 1714982465 },
      { id: '6', part_type: 'comment', body: null, attachments: [], created_at: 1714982466 },
    ],
  },
};

const ZENDESK = [
  {
    id: '1405.1',
    type: 'chat',
    timestamp: '2024-05-06T08:00:59Z',
    history: [
      { type: 'chat.memberjoin', timestamp: '2024-05-06T08:00:59Z', name: 'Visitor 1' },
      { type: 'chat.msg', timestamp: '2024-05-06T08:01:00Z', msg: 'Hello', msg_id: 'm1' },
      { type: 'chat.msg', timestamp: '2024-05-06T08:01:03Z', msg: 'Hi' },
      { type: 'chat.file', timestamp: '2024-05-06T08:01:04Z', attachment: { name: 'bill.pdf' } },
    ],
  },
  { id: '1405.2', type: 'offline_msg', timestamp: '2024-05-06T09:00:00Z', message: 'Anybody?' },
];

const TICKETS = [
  {
    url: 'https://acme.zendesk.com/api/v2/tickets/7.json',
    id: 7,
    created_at: '2024-05-06T08:01:00Z',
    via: { channel: 'email' },
    comments: [
      { id: 101, type: 'Comment', public: true, body: 'Hello', created_at: '2024-05-06T08:01:00Z' },
      { id: 102, type: 'Comment', public: false, body: 'Only for us', created_at: '2024-05-06T08:01:01Z' },
      { id: 103, type: 'VoiceComment', public: true, body: 'Call', created_at: '2024-05-06T08:01:02Z' },
    ],
  },
  { id: 8, via: { channel: 'web' }, comments: [] },
];

const TICKET_EVENTS = [
  {
    id: 900,
    ticket_id: 7,
    timestamp: 1714982460,
    created_at: '2024-05-06T08:01:00Z',
    child_events: [
      { id: 101, event_type: 'Comment', comment_public: true, via: 'Mail', created_at: '2024-05-06T08:01:00Z' },
      { id: 104, event_type: 'Change', status: 'open', via: 'Rule', created_at: '2024-05-06T08:01:00Z' },
    ],
  },
  {
    id: 901,
    ticket_id: 7,
    timestamp: 1714982462,
    child_events: [
      { id: 102, type: 'Comment', public: false, via: {}, body: 'Only for us' },
      { id: 103, type: 'Comment', public: true, via: {}, body: 'Hi' },
    ],
  },
];

const CHATWOOT = {
  meta: { labels: [] },
  payload: [
    { id: 1, conversation_id: 5, inbox_id: 7, message_type: 0, private: false, created_at: 1714982460 },
    { id: 2, conversation_id: 5, inbox_id: 7, message_type: 1, private: true, created_at: 1714982461 },
    { id: 3, conversation_id: 5, inbox_id: 7, message_type: 2, private: false, created_at: 1714982462 },
    { id: 4, conversation_id: 5, inbox_id: 7, message_type: 1, private: false, created_at: 1714982463 },
  ],
};

describe('an export of', () => {
  let folder: string;

  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'chat-reports-exports-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  function open(from: ChatExportName, content: string | Buffer): MessageFile {
    const name = join(folder, 'export');
    writeFileSync(name, content);
    return new MessageFile(name, { from, organization: 'acme' });
  }

  async function read(from: ChatExportName, content: string | Buffer): Promise<string[]> {
    const messages = [];
    const ids = new Set<string>();
    for await (const rows of open(from, content).rows())
      for (const { organizationId, channel, sessionId, createdAtMs, id } of rows) {
        messages.push([organizationId, channel, sessionId, new Date(createdAtMs).toISOString()].join(' '));
        ids.add(id!);
      }
    expect(ids.size).toBe(messages.length);
    return messages;
  }

  it('Slack has a folder for each channel, and a session for each thread', async () => {
    expect(await read('slack', await zip(SLACK))).toEqual([
      'acme D1 1714982461.000100 2024-05-06T08:01:01.000Z',
      'acme D1 1714982462.000100 2024-05-06T08:01:02.000Z',
      'acme sales 1715068800.000300 2024-05-07T08:00:00.000Z',
      'acme support 1714982460.000200 2024-05-06T08:01:00.000Z',
      'acme support 1714982460.000200 2024-05-06T08:01:10.500Z',
    ]);
  });

  it.each([
    ['one conversation', JSON.stringify(INTERCOM, null, 2)],
    ['a list', JSON.stringify({ conversations: [INTERCOM] })],
    ['one per line', `\n${JSON.stringify(INTERCOM)}\n\n`],
  ])('Intercom has conversations, whose events and notes are no messages: %s', async (_form, content) => {
    expect(await read('intercom', content)).toEqual([
      'acme whatsapp 147 2024-05-06T08:01:00.000Z',
      'acme whatsapp 147 2024-05-06T08:01:03.000Z',
      'acme whatsapp 147 2024-05-06T08:01:05.000Z',
    ]);
  });

  it.each([
    ['the API', JSON.stringify({ chats: ZENDESK, count: 2 })],
    ['one per line', ZENDESK.map((chat) => JSON.stringify(chat)).join('\n')],
  ])('Zendesk has chats with their history, and offline messages: %s', async (_form, content) => {
    expect(await read('zendesk', content)).toEqual([
      'acme chat 1405.1 2024-05-06T08:01:00.000Z',
      'acme chat 1405.1 2024-05-06T08:01:03.000Z',
      'acme chat 1405.1 2024-05-06T08:01:04.000Z',
      'acme chat 1405.2 2024-05-06T09:00:00.000Z',
    ]);
  });

  it.each([
    ['one per line', TICKETS.map((ticket) => JSON.stringify(ticket)).join('\n')],
    ['a list', JSON.stringify({ tickets: TICKETS })],
  ])('Zendesk has tickets with comments, of which the private ones are no messages: %s', async (_form, content) => {
    expect(await read('zendesk', content)).toEqual([
      'acme email 7 2024-05-06T08:01:00.000Z',
      'acme email 7 2024-05-06T08:01:02.000Z',
    ]);
  });

  it('Zendesk has events of tickets, of which public comments are messages', async () => {
    expect(await read('zendesk', JSON.stringify({ ticket_events: TICKET_EVENTS, count: 2 }))).toEqual([
      'acme mail 7 2024-05-06T08:01:00.000Z',
      'acme ticket 7 2024-05-06T08:01:02.000Z',
    ]);
  });

  it('Slack can be a single file, whose folder is the channel', async () => {
    mkdirSync(join(folder, 'support'));
    const name = join(folder, 'support', '2024-05-06.json');
    writeFileSync(name, SLACK['support/2024-05-06.json']);
    const before = process.cwd();
    process.chdir(join(folder, 'support'));
    const rows = [];
    for await (const batch of new MessageFile('2024-05-06.json', { from: 'slack', organization: 'acme' }).rows())
      rows.push(...batch);
    process.chdir(before);
    expect(rows.map(({ channel }) => channel)).toEqual(['support', 'support']);
  });

  it('Chatwoot can have one message per line', async () => {
    expect(await read('chatwoot', CHATWOOT.payload.map((message) => JSON.stringify(message)).join('\n'))).toEqual([
      'acme 7 5 2024-05-06T08:01:00.000Z',
      'acme 7 5 2024-05-06T08:01:03.000Z',
    ]);
  });

  it('Chatwoot has messages, whose inbox is the channel, and private notes and events that are no messages', async () => {
    expect(await read('chatwoot', JSON.stringify(CHATWOOT))).toEqual([
      'acme 7 5 2024-05-06T08:01:00.000Z',
      'acme 7 5 2024-05-06T08:01:03.000Z',
    ]);
  });

  it.each<[ChatExportName, string, string | Buffer | Promise<Buffer>, string]>([
    [
      'intercom',
      'a list of conversations without their parts',
      JSON.stringify({ type: 'conversation.list', conversations: [{ ...INTERCOM, conversation_parts: undefined }] }),
      ':1: conversation 147 has no conversation_parts, which only GET /conversations/{id} returns',
    ],
    [
      'zendesk',
      'a list of chats without their history',
      '{"chats":[{"id":"1405.1","type":"chat","timestamp":"2024-05-06T08:00:59Z"}]}',
      ':1: chat 1405.1 has no history; request the chats with fields=chats(*)',
    ],
    [
      'zendesk',
      'a list of tickets without their comments',
      '{"tickets":[{"id":7,"subject":"Help"}]}',
      ':1: ticket 7 has no comments; use the JSON export of the account, or incremental/ticket_events',
    ],
    ['zendesk', 'neither', '[{"name":"acme"}]', ':1: does not have the form of this export'],
    ['slack', 'its list of users', SLACK['users.json'], ':1: does not have the form of this export'],
    ['slack', 'another form', '{"ok":false}', ':1: does not have the form of this export'],
    [
      'slack',
      'an archive without messages',
      zip({ 'users.json': '[]' }),
      ': is a zip archive without messages of slack',
    ],
    ['chatwoot', 'half a document', '{\n"payload":', ':1: is not JSON: one document, or one per line'],
    [
      'slack',
      'a message without a time',
      zip({ 'a/2024-05-06.json': '[{"type":"message"}]' }),
      '(a/2024-05-06.json):1: column session_id has no value',
    ],
  ])('%s is refused if it is %s', async (from, _fault, content, error) => {
    const file = open(from, await content);
    await expect(file.rows().next()).rejects.toThrow(new Error(`${file.name}${error}`));
  });
});
