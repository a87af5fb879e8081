import { AvailabilityService } from '@chat-reports/nestjs';
import { Injectable, Module } from '@nestjs/common';
import { ChatReportsModule } from './chat-reports.module.js';

@Injectable()
export class ServiceLevelService {
  constructor(private readonly availability: AvailabilityService) {}

  /** How long a chat was silent between two instants. */
  async downtimeMinutes(organizationId: string, start: Date, end: Date): Promise<number> {
    const { totalDowntimeMs } = await this.availability.report({ organizationId, start, end });
    return totalDowntimeMs / 60_000;
  }
}

@Module({ imports: [ChatReportsModule], providers: [ServiceLevelService], exports: [ServiceLevelService] })
export class ServiceLevelModule {}
