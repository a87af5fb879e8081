import { AvailabilityService, type MessagesOptions, ReportsModule } from '@chat-reports/nestjs';
import { MessageRepository } from '@chat-reports/nestjs/internal';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type ConnectionOptions, dataSourceOptions } from '../../src/database/data-source';
import { SECRET } from './backend';

/** The service of the library, as a module of another backend gets it. */
export interface OpenAvailability {
  service: AvailabilityService;
  /** The data source that the service reads from. */
  dataSource: DataSource;
  /** The repository that the service reads messages with. */
  repository: MessageRepository;
  close: () => Promise<void>;
}

/** Starts an application without a server that reads messages from a database. */
export async function openAvailability(
  databaseUrl: string,
  {
    connections,
    ...reports
  }: {
    messages?: MessagesOptions;
    downtimeThreshold?: number;
    rollups?: boolean | 'where-possible';
    connections?: ConnectionOptions;
  } = {},
): Promise<OpenAvailability> {
  const imports = [
    TypeOrmModule.forRoot(dataSourceOptions(databaseUrl, connections)),
    ReportsModule.forRoot({ auth: { secret: SECRET }, ...reports }),
  ];
  const application = await NestFactory.createApplicationContext({ module: class Host {}, imports }, { logger: false });
  return {
    service: application.get(AvailabilityService, { strict: false }),
    dataSource: application.get(DataSource),
    repository: application.get(MessageRepository, { strict: false }),
    close: () => application.close(),
  };
}
