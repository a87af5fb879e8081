import type { LegalRequest, WireAnswer } from './wire';

interface Report {
  availability_percentage: number | null;
  total_down_time: number;
  total_time: number;
  down_times: { start_time: string; end_time: string; duration: number; session_id: string }[];
  summary?: object;
}

const FIELDS = {
  '': ['availability_percentage', 'down_times', 'total_down_time', 'total_time'],
  '/trend': ['buckets'],
  '/breakdown': ['channels'],
  '/current': ['state'],
};

/** Checks that an answer of 200 to a question is a whole report that agrees with itself, and that another is Nest's error. */
export function expectPlausible({ method, path }: LegalRequest, { status, contentType, text }: WireAnswer): void {
  const [, below] =
    /^\/backend\/reports\/[^/?]+\/chats\/availability(|\/trend|\/breakdown|\/current)(?:\?|$)/.exec(path) ?? [];
  if (below === undefined || method === 'HEAD') return;
  if (status !== 200) return void expect(JSON.parse(text)).toMatchObject({ statusCode: status });
  expect(method).toBe('GET');
  if (contentType.startsWith('text/csv')) return void expect(text).toMatch(/^\w+(,\w+)+\r\n/);
  const report = JSON.parse(text) as Report;
  expect(Object.keys(report)).toEqual(expect.arrayContaining(FIELDS[below as keyof typeof FIELDS]));
  if (below === '') expectConsistent(report);
}

function expectConsistent({
  availability_percentage: percentage,
  total_down_time: down,
  total_time: time,
  down_times,
}: Report): void {
  expect(down_times.reduce((sum, { duration }) => sum + duration, 0)).toBe(down);
  expect(percentage).toBe(((time - down) / time) * 100);
  let previous = -Infinity;
  for (const { start_time, end_time, duration, session_id } of down_times) {
    expect(Date.parse(end_time) - Date.parse(start_time)).toBe(duration);
    expect(duration).toBeGreaterThan(0);
    expect(Date.parse(start_time)).toBeGreaterThanOrEqual(previous);
    expect(['s1', '=1+1', '__proto__']).toContain(session_id);
    previous = Date.parse(end_time);
  }
}
