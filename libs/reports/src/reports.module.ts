import {
  ConfigurableModuleBuilder,
  type ConfigurableModuleAsyncOptions,
  type DynamicModule,
  Module,
  type OnModuleInit,
  type Provider,
  Scope,
} from '@nestjs/common';
import { ModuleRef, RouterModule } from '@nestjs/core';
import { AUTH_OPTIONS, type AuthOptions, isLogin } from './auth/auth.options';
import { TOKEN_GUARD, tokenGuardProvider } from './auth/bearer.guard';
import { AvailabilityService, DOWNTIME_THRESHOLD } from './availability/availability.service';
import { DOWNTIME_THRESHOLD_MS } from './availability/downtime';
import { DATA_SOURCE, dataSourceProvider } from './database/data-source.provider';
import { MESSAGE_DATABASE, type MessageDatabase } from './database/message-database';
import { openDatabase } from './database/open-database';
import type { TypeOrmDataSource } from './database/type-orm.database';
import { AvailabilityController } from './http/availability.controller';
import { decorate } from './http/decorate';
import { completeLimits, REPORT_LIMITS, type ReportLimits } from './http/limits/report-limits';
import { ReportSlots } from './http/limits/report-slots';
import { describeSecurity } from './http/openapi-security';
import { MESSAGES_OPTIONS } from './message-table/messages.options';
import { MessageRepository } from './messages/message.repository';
import { MessageSource } from './messages/message.source';
import { OPENING_HOURS_PROVIDER } from './opening-hours/scheduled-hours';
import { RollupRepository } from './rollups/rollup.repository';
import { readRollups } from './rollups/rollup.source';
import { checkOptions, checkPlacement, PLACEMENT_NAMES } from './options-check';
import type { ReportsOptions, ReportsPlacement, ServiceOptions, ServicePlacement } from './reports.options';

/** The options once they are checked. */
const CHECKED_OPTIONS = Symbol('CHECKED_OPTIONS');

/** Its keys are what the builder needs: the names that are no options of the factory. */
const PLACEMENT: ReportsPlacement = Object.fromEntries(PLACEMENT_NAMES.map((name) => [name, undefined]));

type Options = ReportsOptions<AuthOptions>;

const DEFAULT_PATH = 'backend/reports';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<Options>()
  .setClassMethodName('forRoot')
  .setExtras<ReportsPlacement>(PLACEMENT, place)
  .build();

/** Adds what does not depend on the factory. */
function place(definition: DynamicModule, placement: ReportsPlacement): DynamicModule {
  checkPlacement(placement);
  const { path = DEFAULT_PATH, decorators = [], controller = true, dataSource, isGlobal } = placement;
  const { module, imports = [], providers = [] } = definition;
  const routes = controller ? [decorate(AvailabilityController, decorators)] : [];
  const describers = routes.map(describeSecurity);
  const useFactory = (given: Options | undefined) => {
    const options = checkOptions(given, controller);
    for (const describe of describers) describe(!isLogin(options.auth));
    return options;
  };
  return {
    ...definition,
    global: isGlobal,
    imports: controller ? [...imports, RouterModule.register([{ path: path || '/', module }])] : imports,
    controllers: routes,
    providers: [
      ...providers,
      { provide: CHECKED_OPTIONS, inject: [MODULE_OPTIONS_TOKEN], useFactory },
      dataSourceProvider(dataSource),
    ],
  };
}

/** Injection token of the module's options, for `overrideProvider` in tests. */
export const REPORTS_OPTIONS: string | symbol = MODULE_OPTIONS_TOKEN;

/** Provides one of the module's options under its own token. */
function provide(token: symbol, select: (options: Options) => unknown): Provider {
  return { provide: token, inject: [CHECKED_OPTIONS], useFactory: select };
}

/** With rollups, it reads from them where it can, and its users see no difference. */
function messageRepository(options: Options, source: MessageSource, database: MessageDatabase): MessageRepository {
  const { rollups, messages = {}, downtimeThreshold = DOWNTIME_THRESHOLD_MS } = options;
  if (!rollups) return new MessageRepository(source);
  const isOptional = rollups === 'where-possible';
  return new RollupRepository(source, () => readRollups(database, messages, downtimeThreshold), isOptional);
}

/**
 * Reports on an organization's chat from the messages in the application's PostgreSQL database.
 *
 * Import it once, with `ReportsModule.forRoot(options)` or `ReportsModule.forRootAsync(options)`. The application does not start
 * if an option is invalid (RangeError) or the messages table does not match the options (MessageTableError).
 */
@Module({
  providers: [
    provide(AUTH_OPTIONS, ({ auth }) => auth),
    provide(MESSAGES_OPTIONS, ({ messages = {} }) => messages),
    provide(DOWNTIME_THRESHOLD, ({ downtimeThreshold = DOWNTIME_THRESHOLD_MS }) => downtimeThreshold),
    provide(OPENING_HOURS_PROVIDER, ({ openingHours = () => undefined }) => openingHours),
    {
      provide: MESSAGE_DATABASE,
      inject: [CHECKED_OPTIONS, DATA_SOURCE],
      useFactory: ({ database, messages = {} }: Options, dataSource?: TypeOrmDataSource) =>
        openDatabase(database ?? dataSource, messages),
    },
    {
      provide: REPORT_LIMITS,
      inject: [CHECKED_OPTIONS, MESSAGE_DATABASE],
      useFactory: ({ limits = {} }: Options, { poolSize }: MessageDatabase) => completeLimits(limits, poolSize),
    },
    {
      provide: ReportSlots,
      inject: [REPORT_LIMITS, MESSAGE_DATABASE],
      // One connection is left for API keys and everything else.
      useFactory: ({ concurrency }: Required<ReportLimits>, { poolSize }: MessageDatabase) =>
        new ReportSlots(concurrency, concurrency === Infinity ? Infinity : Math.max(1, poolSize - 1)),
    },
    MessageSource,
    {
      provide: MessageRepository,
      inject: [CHECKED_OPTIONS, MessageSource, MESSAGE_DATABASE],
      useFactory: messageRepository,
    },
    AvailabilityService,
    tokenGuardProvider,
  ],
  exports: [AvailabilityService, TOKEN_GUARD],
})
export class ReportsModule extends ConfigurableModuleClass implements OnModuleInit {
  constructor(private readonly moduleRef: ModuleRef) {
    super();
  }

  /** Imports the module with options. */
  static override forRoot(options: (Options & ReportsPlacement) | (ServiceOptions & ServicePlacement)): DynamicModule {
    // Without any, the check of the options says so.
    return super.forRoot((options ?? {}) as Options);
  }

  /** Imports the module with options that a factory computes at startup. */
  static override forRootAsync(
    options:
      | (ConfigurableModuleAsyncOptions<Options> & ReportsPlacement)
      | (ConfigurableModuleAsyncOptions<ServiceOptions> & ServicePlacement),
  ): DynamicModule {
    return super.forRootAsync(options as ConfigurableModuleAsyncOptions<Options>);
  }

  /** The table is checked, and reports are limited, for the application and not for a request. */
  onModuleInit(): void {
    if (this.moduleRef.introspect(MESSAGE_DATABASE).scope === Scope.DEFAULT) return;
    throw new Error('ReportsModule: the data source and what the options inject must not be request-scoped');
  }
}
