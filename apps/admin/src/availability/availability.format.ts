import { numberFormat } from '../time/locale';

/** The two times that determine an availability. Milliseconds. */
export interface Share {
  total_time: number;
  total_down_time: number;
}

/**
 * Writes an availability in percent with three decimals, rounded down: `100 %` means no downtime at all. Computed in
 * integers, because a double may fall just below the decimal it stands for.
 */
export function formatAvailability(share: Share): string {
  const digits = share.total_down_time === 0 ? 0 : 3;
  return `${formatNumber(thousandthsOf(share) / 1000, digits)} %`;
}

/** Returns an availability in whole thousandths of a percent, rounded down, as `formatAvailability` writes it. */
export function thousandthsOf({ total_time, total_down_time }: Share): number {
  return Number((BigInt(total_time - total_down_time) * 100_000n) / BigInt(total_time));
}

/** Writes a difference of availabilities, in thousandths of a percent, in percentage points with its sign: `+0.312`. */
export function formatDifference(thousandths: number): string {
  const format = numberFormat({ minimumFractionDigits: 3, signDisplay: 'exceptZero' });
  return thousandths === 0 ? '0' : format.format(thousandths / 1000);
}

/** Writes a percentage that was chosen, such as a target, with the decimals that it has: `99.5 %`. */
export function formatPercentage(percentage: number): string {
  return `${formatNumber(percentage, 0, 3)} %`;
}

function formatNumber(value: number, minimumFractionDigits: number, maximumFractionDigits = minimumFractionDigits) {
  return numberFormat({ minimumFractionDigits, maximumFractionDigits }).format(value);
}
