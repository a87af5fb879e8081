import { openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';

const RANGE = { organizationId: '123456', start: new Date('2023-01-01'), end: new Date('2023-01-02') };

describe('the time limit of a statement', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-01T10:00Z' }, { at: '2023-01-01T11:00Z' }]);
    // The session of each message is the limit in force when it is read.
    await database.dataSource.query(`
      create view limited as
      select organization_id, channel, current_setting('statement_timeout') as session_id, created_at, id from messages`);
  });
  afterAll(() => database.drop());

  it.each([
    ['30 s unless set', undefined, undefined, '30s'],
    ['that of the connection', '5000', undefined, '5s'],
    ['that of the connection, if longer', '60000', undefined, '1min'],
    ['the option, whatever the connection has', '5000', 7_000, '7s'],
    ['none with the option 0', '5000', 0, '0'],
  ])('is %s', async (_name, connection, statementTimeoutMs, limit) => {
    const url = new URL(database.url);
    if (connection !== undefined) url.searchParams.set('options', `-c statement_timeout=${connection}`);
    const { service, close } = await openAvailability(url.href, { messages: { table: 'limited', statementTimeoutMs } });
    const { downtimes } = await service.report(RANGE);
    await close();
    expect(downtimes.map(({ sessionId }) => sessionId)).toEqual([limit]);
  });
});
