import type { RateLimitOptions } from '../../src/rate-limit/rate-limit.module';
import type { ApplicationOptions } from '../../src/server';
import { Backend, token } from './backend';
import { TestDatabase } from './database';

export const CURRENT = '/backend/reports/123456/chats/availability/current';
export const TOO_MANY = {
  statusCode: 429,
  message: expect.stringMatching(/^Too many requests: retry in \d+ s$/) as string,
  error: 'Too Many Requests',
};

/** Servers with a rate limit, closed after the test that has started them. */
export class LimitedBackends {
  private database!: TestDatabase;
  private opened: { close(): Promise<unknown> }[] = [];

  async open(): Promise<void> {
    this.database = await TestDatabase.create();
  }

  async start(rateLimit: RateLimitOptions, options: Partial<ApplicationOptions> = {}): Promise<Backend> {
    const backend = await Backend.start({ databaseUrl: this.database.url, rateLimit, ...options });
    this.opened.unshift(backend);
    return backend;
  }

  /** Closes what a test has started. */
  async tidy(): Promise<void> {
    for (const resource of this.opened.splice(0)) await resource.close();
  }

  async drop(): Promise<void> {
    await this.database.drop();
  }
}

export function ask({ url }: Backend, headers: Record<string, string> = {}, path = CURRENT): Promise<Response> {
  return fetch(url + path, { headers: { authorization: `Bearer ${token()}`, ...headers } });
}

/** The statuses of requests that are made one after the other. */
export async function statuses(count: number, asking: (index: number) => Promise<Response>): Promise<number[]> {
  const found = [];
  for (let index = 0; index < count; index++) found.push((await asking(index)).status);
  return found;
}
