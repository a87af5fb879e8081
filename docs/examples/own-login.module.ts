import { AvailabilityService, ReportsModule } from '@chat-reports/nestjs';
import { type CanActivate, type ExecutionContext, Injectable, Module, UnauthorizedException } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

interface StaffRequest {
  headers: Record<string, string | undefined>;
  staff?: { teams: number[] };
}

/** Stands in for the login of your backend. */
@Injectable()
export class StaffGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<StaffRequest>();
    if (request.headers['x-staff-key'] !== 'key of team 7') throw new UnauthorizedException('Who are you?');
    request.staff = { teams: [7] };
    return true;
  }
}

/** A service of your backend that requests a report. */
@Injectable()
export class ServiceLevelService {
  constructor(private readonly availability: AvailabilityService) {}

  async downtimeMinutes(organizationId: string, start: Date, end: Date): Promise<number> {
    const { totalDowntimeMs } = await this.availability.report({ organizationId, start, end });
    return totalDowntimeMs / 60_000;
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({ name: 'chat', type: 'postgres', url: process.env.CHAT_DATABASE_URL }),
    ReportsModule.forRootAsync({
      // Nest needs these two before it runs the factory.
      dataSource: 'chat',
      path: 'api/v2/chat-health',
      useFactory: () => ({
        auth: { guard: StaffGuard, organizations: (request: StaffRequest) => request.staff!.teams },
        messages: { table: 'events', columns: { organization: 'team', channel: null, session: 'thread' } },
        downtimeThreshold: 5 * 60_000,
      }),
    }),
  ],
  providers: [ServiceLevelService],
})
export class AppModule {}
