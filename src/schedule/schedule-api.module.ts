import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleController } from './schedule.controller';
import { ScheduleModule } from './schedule.module';

/** Serves `/backend/reports/<organization>/schedule`. */
@Module({ controllers: [ScheduleController] })
export class ScheduleApiModule {
  /** @param authentication the module that verifies tokens */
  static forRoot(authentication: DynamicModule): DynamicModule {
    return { module: ScheduleApiModule, imports: [authentication, ScheduleModule] };
  }
}
