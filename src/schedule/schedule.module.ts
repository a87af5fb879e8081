import { Module } from '@nestjs/common';
import { ScheduleService } from './schedule.service';

/** The opening hours of organizations, for reports that ask for them. */
@Module({ providers: [ScheduleService], exports: [ScheduleService] })
export class ScheduleModule {}
