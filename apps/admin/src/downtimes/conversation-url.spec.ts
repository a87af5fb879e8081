import { conversationUrl } from './conversation-url';

describe('the address of a conversation', () => {
  const template = 'https://chat.example/inbox/{session_id}?from=reports';

  it.each([
    ['session123', 'https://chat.example/inbox/session123?from=reports'],
    ['a/b?c=1&d#e', 'https://chat.example/inbox/a%2Fb%3Fc%3D1%26d%23e?from=reports'],
    ['$&', 'https://chat.example/inbox/%24%26?from=reports'],
    ['Ü 💬', 'https://chat.example/inbox/%C3%9C%20%F0%9F%92%AC?from=reports'],
    ['{session_id}', 'https://chat.example/inbox/%7Bsession_id%7D?from=reports'],
  ])('has the session %s encoded', (sessionId, url) => {
    expect(conversationUrl(template, sessionId)).toBe(url);
  });

  it('takes the session in the query or the fragment', () => {
    expect(conversationUrl('http://chat.example/#/c/{session_id}', 'a#b')).toBe('http://chat.example/#/c/a%23b');
  });

  it.each([
    [template, '..'],
    [template, '.'],
    [template, ''],
    ['javascript:alert("{session_id}")', 's1'],
    ['https://{session_id}.example/', 'evil'],
    ['/chats/{session_id}', 's1'],
  ])('is none of %s and %j', (given, sessionId) => {
    expect(conversationUrl(given, sessionId)).toBeUndefined();
  });
});
