import type { Page } from 'playwright-core';
import { token } from './backend';

/** A report with its summary, as the API returns it. */
export interface ReportBody {
  availability_percentage: number;
  total_down_time: number;
  total_time: number;
  down_times: { start_time: string; end_time: string; duration: number; session_id: string }[];
  summary: {
    observed_time: number;
    outages: number;
    longest_down_time: number | null;
    mean_time_to_recovery: number | null;
  };
}

/** What a page has requested from the API, and what it shows of the responses. */
export class ShownView {
  /** Everything that the page has requested, in order. */
  readonly urls: URL[] = [];

  /** Listens to a page from its first request on. */
  constructor(readonly page: Page) {
    page.on('request', (request) => this.urls.push(new URL(request.url())));
  }

  /** The last request for an overview, with the range, channel and edges of everything that is shown. */
  get asked(): URL {
    const url = this.urls.findLast(({ pathname }) => pathname.endsWith('/overview'));
    if (url === undefined) throw new Error('The page has asked for nothing yet');
    return url;
  }

  /** Requests the same report from the API as the page has. */
  async report(): Promise<ReportBody> {
    return (await this.fetch('include', 'summary')).json() as Promise<ReportBody>;
  }

  /** The same report as CSV, with times in the time zone that is shown. */
  async csv(): Promise<string> {
    return (await this.fetch('format', 'csv', ['interval', 'include'])).text();
  }

  /** The figures as the page shows them. */
  async figures(): Promise<Record<string, string>> {
    const figures = await this.page.locator('[data-figure]').all();
    const texts = figures.map(async (figure) => [await figure.getAttribute('data-figure'), await figure.innerText()]);
    return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
  }

  /**
   * Fails unless the figures are those of the API.
   *
   * @param budgetedMs the time to which the error budget applies; default: the observed time
   */
  async expectFiguresOfApi(target = 99.5, budgetedMs?: number): Promise<void> {
    const { total_time, total_down_time, summary, down_times } = await this.report();
    const shown = await this.figures();
    const percentageOf = (timeMs: number) => {
      const exact = ((timeMs - total_down_time) / timeMs) * 100;
      return total_down_time === 0 ? '100 %' : `${(Math.floor(exact * 1000) / 1000).toFixed(3)} %`;
    };
    expect(shown['Availability']).toBe(summary.observed_time === 0 ? '–' : percentageOf(summary.observed_time));
    const ofWhole = shown['Availability of the whole period'];
    if (ofWhole !== undefined) expect(ofWhole).toBe(percentageOf(total_time));
    expect(shown['Outages']).toBe(summary.outages.toLocaleString('en-GB'));
    expectDuration(shown['Total downtime']!, total_down_time);
    const longestMs = down_times.length === 0 ? null : Math.max(...down_times.map(({ duration }) => duration));
    expectDuration(shown['Longest outage']!, longestMs);
    expectDuration(shown['Mean time to recovery']!, summary.mean_time_to_recovery);
    const budgetMs = Math.round(((budgetedMs ?? summary.observed_time) * (100 - target)) / 100);
    const leftMs = shownDifferenceMs(budgetMs, total_down_time);
    const [, left, side] = /^(.*) (left|over)$/.exec(shown['Downtime budget left']!)!;
    expect(side).toBe(leftMs < 0 ? 'over' : 'left');
    expectDuration(left!, Math.abs(leftMs));
  }

  private fetch(parameter: string, value: string, without = ['interval', 'timezone', 'include']): Promise<Response> {
    const url = new URL(this.asked);
    url.pathname = url.pathname.replace('/overview', '');
    for (const name of without) url.searchParams.delete(name);
    url.searchParams.set(parameter, value);
    const organization = decodeURIComponent(/\/reports\/([^/]+)/.exec(url.pathname)![1]!);
    return fetch(url, { headers: { authorization: `Bearer ${token({ org_id: organization })}` } });
  }
}

/** The difference of what two durations read, if both end in the same unit and read differently; the exact one otherwise. */
function shownDifferenceMs(durationMs: number, otherMs: number): number {
  const [unitMs, otherUnitMs] = [lastUnitMs(durationMs), lastUnitMs(otherMs)];
  const shownMs = (Math.floor(durationMs / unitMs) - Math.floor(otherMs / unitMs)) * unitMs;
  return unitMs === otherUnitMs && shownMs !== 0 ? shownMs : durationMs - otherMs;
}

/** The unit after which a duration is cut: the one below its largest. */
function lastUnitMs(durationMs: number): number {
  if (durationMs >= UNITS_MS['d']!) return UNITS_MS['h']!;
  return durationMs >= UNITS_MS['h']! ? UNITS_MS['m']! : UNITS_MS['s']!;
}

const UNITS_MS: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Fails unless a text like `1h 36m` is a duration, cut after its last unit. */
export function expectDuration(text: string, expectedMs: number | null): void {
  if (expectedMs === null) return expect(text).toBe('–');
  if (expectedMs === 0) return expect(text).toBe('none');
  const parts = [...text.matchAll(/(\d+)(d|h|ms|m|s)\b/g)];
  const shownMs = parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS_MS[unit!]!, 0);
  const lastUnitMs = UNITS_MS[parts.at(-1)![2]!]!;
  expect(text.startsWith('−')).toBe(expectedMs < 0);
  expect(Math.floor(Math.abs(expectedMs) / lastUnitMs) * lastUnitMs).toBe(shownMs);
}
