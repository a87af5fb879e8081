import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { from, mergeMap, type Observable, tap } from 'rxjs';
import type { Principal } from '../../auth/principal';
import { principalOf } from '../../auth/request-principal';
import { MessagesUnavailableError } from '../../messages/messages-unavailable.error';
import { endingOf } from '../response-ending';
import { type ReportClient, ReportSlots, TooManyReportsError } from './report-slots';

/**
 * A refusal is also delayed by this time, so that a client that retries at once does not keep the server busy with
 * refusals.
 */
const RETRY_AFTER_SECONDS = 1;

/**
 * Limits how many reports a client can have at once, from the start of the computation until the last byte has been
 * sent.
 */
@Injectable()
export class ReportSlotsInterceptor implements NestInterceptor {
  constructor(@Inject(ReportSlots) private readonly slots: ReportSlots) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.enter(context)).pipe(
      mergeMap(({ organizationId }) =>
        next.handle().pipe(
          tap({
            next: () => this.slots.setSlow(organizationId, false),
            error: (error: unknown) => {
              if (isTimeout(error)) this.slots.setSlow(organizationId, true);
            },
          }),
        ),
      ),
    );
  }

  private async enter(context: ExecutionContext): Promise<ReportClient> {
    const request = context.switchToHttp().getRequest<{ params: { orgId: string } }>();
    const client = { principal: nameOf(principalOf(request)), organizationId: request.params.orgId };
    const { disconnect, closed } = endingOf(context);
    try {
      const release = await this.slots.acquire(client, disconnect);
      void closed.then(release);
      return client;
    } catch (error) {
      if (!(error instanceof TooManyReportsError)) throw error;
      await sleep(RETRY_AFTER_SECONDS * 1_000, undefined, { ref: false });
      throw refusal(context);
    }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof MessagesUnavailableError && error.isTimeout;
}

/** Tokens of one subject for different organizations are different clients. With the application's own login, the principal is unknown. */
function nameOf(principal: Principal | undefined): string | undefined {
  return principal && JSON.stringify([principal.subject, principal.organizationIds]);
}

function refusal(context: ExecutionContext): HttpException {
  const response = context.switchToHttp().getResponse<{ header(name: string, value: string): void }>();
  response.header('Retry-After', String(RETRY_AFTER_SECONDS));
  const message = 'Too many reports at once: wait for the responses, or send fewer requests';
  return new HttpException({ statusCode: 429, message, error: 'Too Many Requests' }, 429);
}
