import { type DynamicModule, Module } from '@nestjs/common';
import { SealedDatabase, SealingTask } from './sealing.task';

/** Stores days of the past, so that reports need not read their messages again. Without a database there is nothing to store. */
@Module({})
export class RollupsModule {
  /** @param url the database, not a replica */
  static forRoot(url?: string): DynamicModule {
    if (url === undefined) return { module: RollupsModule };
    return {
      module: RollupsModule,
      providers: [{ provide: SealedDatabase, useValue: new SealedDatabase(url) }, SealingTask],
      exports: [SealingTask],
    };
  }
}
