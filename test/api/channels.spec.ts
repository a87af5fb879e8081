import { openAvailability } from '../support/availability';
import { useProduct } from '../support/product';

const HELD = [
  { at: '2023-01-15T10:28:00Z', channel: 'web' },
  { at: '2023-01-16T10:28:00.250Z', channel: 'web' },
  { at: '2023-01-15T12:00:00Z', channel: 'mail' },
  { at: '2023-01-15T13:00:00Z', channel: '' },
  { at: '2023-01-15T14:00:00Z', channel: 'web', organizationId: 'other' },
  { at: '2023-01-15T15:00:00Z', channel: 'chat', organizationId: 'other' },
];

describe('the channels of an organization', () => {
  const product = useProduct();
  const list = async (query: Record<string, string> = {}) => product.backend.report(query, { below: '/channels' });
  const csv = async (query: Record<string, string>) =>
    (await product.backend.ask({ format: 'csv', ...query }, { below: '/channels' })).text();

  it('are listed by name, with their first and last messages', async () => {
    await product.database.insert(HELD);
    expect((await list()).body).toEqual({
      channels: [
        { channel: '', first_message_at: '2023-01-15T13:00:00Z', last_message_at: '2023-01-15T13:00:00Z' },
        { channel: 'mail', first_message_at: '2023-01-15T12:00:00Z', last_message_at: '2023-01-15T12:00:00Z' },
        { channel: 'web', first_message_at: '2023-01-15T10:28:00Z', last_message_at: '2023-01-16T10:28:00.250Z' },
      ],
    });
  });

  it('are an empty list if there has never been a message', async () => {
    expect(await list()).toMatchObject({ status: 200, body: { channels: [] } });
    expect(await csv({})).toBe('channel,first_message_at,last_message_at\r\n');
  });

  it('have no first and last message at unknown times or in the future', async () => {
    await product.database.insertAt('-infinity');
    await product.database.insertAt('infinity');
    await product.database.insertAt('2999-01-01T00:00:00Z');
    expect((await list()).body).toEqual({
      channels: [{ channel: 'web', first_message_at: null, last_message_at: null }],
    });
    await product.database.insert(HELD.slice(0, 2));
    expect((await list()).body).toMatchObject({
      channels: [{ first_message_at: '2023-01-15T10:28:00Z', last_message_at: '2023-01-16T10:28:00.250Z' }],
    });
  });

  it('are available as CSV, with local times if a time zone is given', async () => {
    await product.database.insert(HELD.slice(0, 2));
    expect(await csv({})).toBe(
      'channel,first_message_at,last_message_at\r\n"web","2023-01-15T10:28:00Z","2023-01-16T10:28:00.250Z"\r\n',
    );
    expect(await csv({ timezone: 'Europe/Berlin' })).toBe(
      'channel,first_message_at (Europe/Berlin),last_message_at (Europe/Berlin)\r\n' +
        '"web","2023-01-15T11:28:00+01:00","2023-01-16T11:28:00.250+01:00"\r\n',
    );
    const { headers } = await product.backend.ask({ format: 'csv' }, { below: '/channels' });
    expect(headers.get('content-disposition')).toBe('attachment; filename=channels_123456.csv');
  });

  it.each([
    [{ startDate: '2023-01-01' }, 'startDate is not a parameter here; the parameters are timezone, format, bom'],
    [{ timezone: '+01:00' }, 'timezone must be one IANA time zone name, such as Europe/Berlin or UTC'],
    [{ format: 'xml' }, 'format must be json or csv, given once'],
  ])('refuse %j', async (query: Record<string, string>, message) => {
    expect(await list(query)).toMatchObject({ status: 400, body: { message: [message] } });
  });

  it('are those that the filter lets through, and none in a table without channels', async () => {
    await product.database.insert(HELD);
    const namesOf = async (messages: Parameters<typeof openAvailability>[1]) => {
      const { service, close } = await openAvailability(product.database.url, messages);
      const channels = await service.channels({ organizationId: '123456' });
      await close();
      return channels.map(({ channel }) => channel);
    };
    const filter = { where: "channel <> 'mail'" };
    expect(await namesOf({ messages: { filter } })).toEqual(['', 'web']);
    expect(await namesOf({ messages: { columns: { channel: null } } })).toEqual([]);
  });
});
