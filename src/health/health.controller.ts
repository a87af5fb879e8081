import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { SkipThrottle } from '@nestjs/throttler';
import { DatabaseHealth } from './database.health';

/** For what watches over the process: public, without a limit, and silent about why. */
@Controller('health')
@SkipThrottle({ address: true, token: true })
@ApiExcludeController()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseHealth,
  ) {}

  /** Whether the process answers. If not, only a new one helps. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether it can do its work. If not, requests should go to another instance until it can. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(): Promise<Pick<HealthCheckResult, 'status' | 'details'>> {
    try {
      const { status, details } = await this.health.check([() => this.database.check()]);
      return { status, details };
    } catch (error) {
      throw error instanceof ServiceUnavailableException ? notReady(error.getResponse() as HealthCheckResult) : error;
    }
  }
}

/** The shape of every error, in place of the one of the health check. */
function notReady({ status, error }: HealthCheckResult): ServiceUnavailableException {
  const reasons = status === 'shutting_down' ? ['the server is closing'] : Object.keys(error ?? {});
  return new ServiceUnavailableException(`Not ready: ${reasons.join(', ')}`);
}
