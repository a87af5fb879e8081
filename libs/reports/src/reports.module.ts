import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { BearerOptions } from './auth/bearer.options';
import { BearerStrategy } from './auth/bearer.strategy';
import type { LoginOptions } from './auth/login.options';
import { availabilityControllerAt } from './availability/availability.controller';
import { AvailabilityService } from './availability/availability.service';
import { MessageRepository } from './messages/message.repository';
import { MessageSource } from './messages/message.source';
import { REPORTS_DATA_SOURCE, REPORTS_OPTIONS, type ReportsOptions, type ReportsPlacement } from './reports.options';

const DEFAULTS: ReportsPlacement = { path: 'backend/reports', dataSource: undefined };

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<ReportsOptions<BearerOptions | LoginOptions>>({
  optionsInjectionToken: REPORTS_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setExtras(DEFAULTS, (definition, { path, dataSource }) => ({
    ...definition,
    controllers: [availabilityControllerAt(path!)],
    providers: [
      ...(definition.providers ?? []),
      { provide: REPORTS_DATA_SOURCE, useExisting: getDataSourceToken(dataSource) },
    ],
  }))
  .build();

/**
 * Reports on an organization's chat, from the messages in the application's TypeORM data source.
 *
 * Import it once, with `ReportsModule.forRoot(options)` or `ReportsModule.forRootAsync(options)`. The boot stops with a
 * MessageTableError if the table of messages is not as the options say.
 */
@Module({
  providers: [
    MessageSource,
    MessageRepository,
    AvailabilityService,
    {
      provide: BearerStrategy,
      inject: [REPORTS_OPTIONS],
      // It registers itself with Passport, where an application with a login of its own needs none.
      useFactory: ({ auth }: ReportsOptions<BearerOptions | LoginOptions>) =>
        'guard' in auth ? undefined : new BearerStrategy({ auth }),
    },
  ],
  exports: [AvailabilityService, BearerStrategy],
})
export class ReportsModule extends ConfigurableModuleClass {}
