import type { AvailabilityOverview } from '../../availability/availability.report';
import type { Period } from '../../availability/period';
import { AvailabilityResponse, type Listing } from './availability.response';
import { BreakdownResponse } from './breakdown.response';
import { TrendResponse } from './trend.response';

/** The report, the trend and the breakdown of a range, as of one state of the messages. */
export class OverviewResponse {
  /** The response of the report to the same parameters. */
  report!: AvailabilityResponse;
  /** The response of the trend to the same parameters. */
  trend!: TrendResponse;
  /** The response of the breakdown to the same parameters, without the channel. */
  breakdown!: BreakdownResponse;

  /** @param period the range of the report, without which there are no closed times */
  static of({ report, trend, breakdown }: AvailabilityOverview, listing?: Listing, period?: Period): OverviewResponse {
    return {
      report: AvailabilityResponse.of(report, listing, period),
      trend: TrendResponse.of(trend),
      breakdown: BreakdownResponse.of(breakdown),
    };
  }
}
