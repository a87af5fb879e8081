import { createSecretKey } from 'node:crypto';
import { promisify } from 'node:util';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { sign, type SignOptions } from 'jsonwebtoken';
import { DataSource } from 'typeorm';
import { NestLogger } from '../../src/logging/nest.logger';
import { type ApplicationOptions, createApplication } from '../../src/server';
import { sealAtOnce, usesRollups } from './sealing';

/** For all tests except those of limits. */
const NO_LIMITS = { rangeDays: Infinity, rows: Infinity, concurrency: Infinity };

export const SECRET = 'a secret for the tests that has 32 bytes and more';

/** The claims of a token that may read organization 123456, changed by `claims`; undefined removes one. */
export function token(claims: Record<string, unknown> = {}, secret = SECRET, options: SignOptions = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const all = { sub: 'tester', org_id: '123456', scope: 'reports:read', exp: now + 600, ...claims };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  // A text would first be tried as a private key, which takes longer than the signature.
  return sign(given, createSecretKey(secret, 'utf8'), { algorithm: 'HS256', ...options });
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface AskOptions {
  organizationId?: string;
  authorization?: string | null;
  below?: '' | '/trend' | '/breakdown' | '/overview' | '/channels' | '/current' | '/current/channels';
  accept?: string;
  signal?: AbortSignal;
}

/** The product, listening on a port of its own. */
export class Backend {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
  ) {}

  static async start(options: Partial<ApplicationOptions> & { databaseUrl: string }, port = 0): Promise<Backend> {
    const rollups = usesRollups ? { isSealing: false } : undefined;
    const app = await createApplication({ auth: { secret: SECRET }, limits: NO_LIMITS, rollups, ...options });
    // Keeps the errors that tests provoke out of their output; of several backends, only the one with a log prints.
    app.useLogger(options.log ? new NestLogger(options.log) : false);
    await app.listen(port, '127.0.0.1');
    return new Backend(app, await app.getUrl());
  }

  /** Requests a report, or a path below it. `authorization: null` sends no such header. */
  async report(query: Record<string, string> | string, options: AskOptions = {}): Promise<Answer> {
    const response = await this.ask(query, options);
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  async ask(query: Record<string, string> | string, options: AskOptions = {}): Promise<Response> {
    if (usesRollups) await sealAtOnce(this.app.get(DataSource));
    const { organizationId = '123456', authorization = `Bearer ${token({ org_id: organizationId })}` } = options;
    const search = typeof query === 'string' ? query : new URLSearchParams(query).toString();
    const path = `/backend/reports/${encodeURIComponent(organizationId)}/chats/availability${options.below ?? ''}?${search}`;
    const headers = {
      ...(authorization !== null && { authorization }),
      ...(options.accept && { accept: options.accept }),
    };
    return fetch(this.url + path, { headers, signal: options.signal });
  }

  /** The number of connections that clients have to the server. */
  connections(): Promise<number> {
    const server = this.app.getHttpServer();
    return promisify(server.getConnections.bind(server))();
  }

  /** Every route, with its methods: `/path GET, HEAD`. */
  routes(): string[] {
    const tree = this.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
    const parents: string[] = [];
    return tree.split('\n').flatMap((line) => {
      const [, indent, part, methods] = /^(.*?)[└├]── (\S+)(?: \((.+)\))?$/.exec(line) ?? [];
      if (indent === undefined) return [];
      const depth = indent.length / 4;
      const parent = parents[depth - 1] ?? '';
      // The slash before a wildcard is not printed.
      const path = part === '*' && !parent.endsWith('/') ? `${parent}/*` : parent + part!;
      parents[depth] = path;
      return methods === undefined ? [] : [`${path} ${methods.split(', ').sort().join(', ')}`];
    });
  }

  async close(): Promise<void> {
    // Otherwise, the server would wait a second for a last request on the connections that fetch keeps open.
    this.app.getHttpServer().closeIdleConnections();
    await this.app.close();
  }
}
