import type { Page } from 'playwright-core';
import { token } from './backend';

/** A report with its summary, as the API answers it. */
export interface ReportBody {
  availability_percentage: number;
  total_down_time: number;
  total_time: number;
  down_times: { start_time: string; end_time: string; duration: number; session_id: string }[];
  summary: { outages: number; longest_down_time: number | null; mean_time_to_recovery: number | null };
}

/** What a page has asked the API, and what it shows of the answers. */
export class ShownView {
  /** All that the page has asked for, in order. */
  readonly urls: URL[] = [];

  /** Listens to a page from its first request on. */
  constructor(readonly page: Page) {
    page.on('request', (request) => this.urls.push(new URL(request.url())));
  }

  /** The last request for a trend: with the range, channel and edges of all that is shown. */
  get asked(): URL {
    const url = this.urls.findLast(({ pathname }) => pathname.endsWith('/trend'));
    if (url === undefined) throw new Error('The page has asked for nothing yet');
    return url;
  }

  /** Asks the API what the page asked, without the page. */
  async report(): Promise<ReportBody> {
    return (await this.fetch('include', 'summary')).json() as Promise<ReportBody>;
  }

  /** The same as CSV. */
  async csv(): Promise<string> {
    return (await this.fetch('format', 'csv')).text();
  }

  /** The figures as they are read on the page. */
  async figures(): Promise<Record<string, string>> {
    const figures = await this.page.locator('[data-figure]').all();
    const texts = figures.map(async (figure) => [await figure.getAttribute('data-figure'), await figure.innerText()]);
    return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
  }

  /** Fails unless the figures are those of the API. */
  async expectFiguresOfApi(target = 99.5): Promise<void> {
    const { total_time, total_down_time, summary } = await this.report();
    const shown = await this.figures();
    const exact = ((total_time - total_down_time) / total_time) * 100;
    expect(shown['Availability']).toBe(
      total_down_time === 0 ? '100 %' : `${(Math.floor(exact * 1000) / 1000).toFixed(3)} %`,
    );
    expect(shown['Outages']).toBe(summary.outages.toLocaleString('en-GB'));
    expectDuration(shown['Total downtime']!, total_down_time);
    expectDuration(shown['Longest outage']!, summary.longest_down_time);
    expectDuration(shown['Mean time to recovery']!, summary.mean_time_to_recovery);
    expectDuration(shown['Downtime budget left']!, Math.round((total_time * (100 - target)) / 100) - total_down_time);
  }

  private fetch(parameter: string, value: string): Promise<Response> {
    const url = new URL(this.asked);
    url.pathname = url.pathname.replace('/trend', '');
    for (const name of ['interval', 'timezone']) url.searchParams.delete(name);
    url.searchParams.set(parameter, value);
    const organization = decodeURIComponent(url.pathname.split('/')[3]!);
    return fetch(url, { headers: { authorization: `Bearer ${token({ org_id: organization })}` } });
  }
}

const UNITS_MS: Record<string, number> = { y: 31_536_000_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Fails unless a text like `1h 36m` is a duration, cut after its last unit. */
export function expectDuration(text: string, expectedMs: number | null): void {
  if (expectedMs === null) return expect(text).toBe('–');
  if (expectedMs === 0) return expect(text).toBe('none');
  const parts = [...text.matchAll(/(\d+)(y|d|h|ms|m|s)\b/g)];
  const shownMs = parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS_MS[unit!]!, 0);
  const lastUnitMs = UNITS_MS[parts.at(-1)![2]!]!;
  expect(text.startsWith('−')).toBe(expectedMs < 0);
  expect(Math.floor(Math.abs(expectedMs) / lastUnitMs) * lastUnitMs).toBe(shownMs);
}
