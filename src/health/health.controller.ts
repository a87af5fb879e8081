import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { SkipThrottle } from '@nestjs/throttler';
import { DatabaseHealth } from './database.health';

/** Probes for an orchestrator: public, not rate limited, and without the reasons of a failure. */
@Controller('health')
@SkipThrottle({ address: true, token: true })
@ApiExcludeController()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseHealth,
  ) {}

  /** Whether the process responds. If it does not, it has to be restarted. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether the server can do its work. As long as it cannot, requests should go to other instances. */
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

/** Converts the result of a failed health check to the shape of all errors. */
function notReady({ status, error }: HealthCheckResult): ServiceUnavailableException {
  const reasons = status === 'shutting_down' ? ['the server is shutting down'] : Object.keys(error ?? {});
  return new ServiceUnavailableException(`Not ready: ${reasons.join(', ')}`);
}
