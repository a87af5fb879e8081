import { IsOptional, IsString, NotContains } from 'class-validator';
import type { AvailabilityRequest } from './availability.service';
import { parseBoundary } from './period';
import { IsPeriodEnd, IsPeriodStart } from './period.validator';

/** Query parameters of the availability report. */
export class AvailabilityQuery {
  /** First instant looked at: an ISO 8601 time (UTC without an offset), or a date for the beginning of that day. */
  @IsPeriodStart()
  startDate!: string;

  /** Last instant looked at: an ISO 8601 time (UTC without an offset), or a date for the end of that day. */
  @IsPeriodEnd('startDate')
  endDate!: string;

  /** Exact name of a channel; without it, all channels together. */
  @IsOptional()
  @NotContains('\0', { message: 'channel must not contain a NUL character' })
  @IsString({ message: 'channel must be given once' })
  channel?: string;

  /** What a validated query asks of an organization. */
  toRequest(organizationId: string): AvailabilityRequest {
    return {
      organizationId,
      channel: this.channel,
      start: parseBoundary('start', this.startDate)!,
      end: parseBoundary('end', this.endDate)!,
    };
  }
}
