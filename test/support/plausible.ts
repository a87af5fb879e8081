import type { LegalRequest, WireAnswer } from './wire';

interface Report {
  hours?: object;
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
  '/overview': ['breakdown', 'report', 'trend'],
  '/channels': ['channels'],
  '/current': ['state'],
};

/**
 * Checks that an answer with status 200 is a complete, consistent report, and that any other answer is an error in
 * Nest's form.
 */
export function expectPlausible({ method, path }: LegalRequest, { status, contentType, text }: WireAnswer): void {
  const [, below] =
    /^\/backend\/reports\/[^/?]+\/chats\/availability(|\/trend|\/breakdown|\/overview|\/channels|\/current)(?:\?|$)/.exec(
      path,
    ) ?? [];
  if (below === undefined || method === 'HEAD') return;
  if (status !== 200) return void expect(JSON.parse(text)).toMatchObject({ statusCode: status });
  expect(method).toBe('GET');
  // Allows for a byte order mark, as the bytes that are read here, and for headers with a time zone.
  if (contentType.startsWith('text/csv'))
    return void expect(text).toMatch(/^(\xef\xbb\xbf)?\w+( \([\w/+-]+\))?(,\w+( \([\w/+-]+\))?)+\r\n/);
  const report = JSON.parse(text) as Report;
  expect(Object.keys(report)).toEqual(expect.arrayContaining(FIELDS[below as keyof typeof FIELDS]));
  if (below === '') expectConsistent(report, /[?&](limit|min_duration)=/.test(path));
}

function expectConsistent(report: Report, isPart: boolean): void {
  const { hours, availability_percentage: percentage, total_down_time: down, total_time: time, down_times } = report;
  const listed = down_times.reduce((sum, { duration }) => sum + duration, 0);
  if (isPart) expect(listed).toBeLessThanOrEqual(down);
  else expect(listed).toBe(down);
  expect(percentage).toBe(time === 0 && hours ? null : ((time - down) / time) * 100);
  let previous = -Infinity;
  for (const { start_time, end_time, duration, session_id } of down_times) {
    const length = Date.parse(end_time) - Date.parse(start_time);
    if (hours) expect(duration).toBeLessThanOrEqual(length);
    else expect(duration).toBe(length);
    expect(duration).toBeGreaterThan(0);
    expect(Date.parse(start_time)).toBeGreaterThanOrEqual(previous);
    expect(['s1', '=1+1', '__proto__']).toContain(session_id);
    previous = Date.parse(end_time);
  }
}
