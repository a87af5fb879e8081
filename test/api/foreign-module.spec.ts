import { AvailabilityService, ReportsModule } from '@chat-reports/nestjs';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { openAvailability } from '../support/availability';
import { SECRET } from '../support/backend';
import { TestDatabase } from '../support/database';

/** What another module of a backend might do with the report. */
@Injectable()
class ServiceLevelService {
  constructor(private readonly availability: AvailabilityService) {}

  async longestOutageMinutes(organizationId: string, start: Date, end: Date): Promise<number> {
    const { downtimes } = await this.availability.report({ organizationId, start, end });
    return Math.max(0, ...downtimes.map(({ durationMs }) => durationMs)) / 60_000;
  }
}

describe('a module of another backend', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(() => database.drop());

  it.each(['forRoot', 'forRootAsync'] as const)('asks the AvailabilityService of ReportsModule.%s', async (method) => {
    const reports = {
      forRoot: () => ReportsModule.forRoot({ auth: { secret: SECRET } }),
      forRootAsync: () => ReportsModule.forRootAsync({ useFactory: () => ({ auth: { secret: SECRET } }) }),
    };

    @Module({ imports: [reports[method]()], providers: [ServiceLevelService] })
    class ServiceLevelModule {}

    const backend = await Test.createTestingModule({
      imports: [TypeOrmModule.forRoot({ type: 'postgres', url: database.url }), ServiceLevelModule],
    }).compile();
    await database.clear();
    await database.insert([{ at: '2023-01-02T10:00:00Z' }, { at: '2023-01-02T10:47:00Z' }]);

    const minutes = await backend
      .get(ServiceLevelService)
      .longestOutageMinutes('123456', new Date('2023-01-01'), new Date('2023-02-01'));
    expect(minutes).toBe(45);
    await backend.close();
  });

  it('gets an error if it asks for a range without a length', async () => {
    const { service, close } = await openAvailability(database.url);
    const start = new Date('2023-01-01');
    await expect(service.report({ organizationId: '123456', start, end: start })).rejects.toThrow(RangeError);
    await expect(service.report({ organizationId: '1', start, end: new Date(NaN) })).rejects.toThrow(RangeError);
    await close();
  });
});
