import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type DataSource } from 'typeorm';
import { MessageImporter } from '../../src/import/message-importer';
import type { MessageRow } from '../../src/import/message-row';
import { sampleMessages } from '../../src/sample/sample-messages';
import type { ApplicationOptions } from '../../src/server';
import { Backend, token } from './backend';
import { findChromium } from './chromium';
import { TestDatabase } from './database';
import { eventually } from './eventually';
import { ShownView } from './shown-view';

/** Filters for the month of the published example. */
export const JANUARY = { org: '123456', period: 'custom', from: '2023-01-01', to: '2023-01-31', zone: 'UTC' };

/** Waits until a page shows a report, including the tables, which load after the figures. */
export async function isShown(page: Page): Promise<void> {
  await page.locator('[data-figure]').first().waitFor();
  await page.locator('[data-loading]').first().waitFor({ state: 'detached' });
}

/** How to open a page. */
interface PageOptions extends BrowserContextOptions {
  /** Claims of the token in the link that signs in; null for no token. */
  claims?: Record<string, unknown> | null;
  /** Filters in the URL. */
  query?: Record<string, string>;
  /** Default: the backend that all pages share. */
  backend?: { url: string };
}

/** The admin page in a browser, the server behind it, and a database with the sample of the demo. */
export class Admin {
  backend!: Backend;
  database!: TestDatabase;
  private browser!: Browser;
  private readonly closers: (() => Promise<void>)[] = [];

  /** Opens the page in a tab of its own, on a desktop in Berlin unless told otherwise. */
  async open(options: PageOptions = {}): Promise<Page> {
    return (await this.openView(options)).page;
  }

  /** Does the same, and records what the page requests. */
  async openView({
    claims = {},
    query = {},
    backend = this.backend,
    ...options
  }: PageOptions = {}): Promise<ShownView> {
    const context = await this.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const view = new ShownView(page);
    const fragment = claims === null ? '' : `#token=${token({ org_id: ['demo', '123456'], ...claims })}`;
    await page.goto(`${backend.url}/admin/?${new URLSearchParams(query).toString()}${fragment}`);
    return view;
  }

  /** A browser session without a page. */
  async newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
    this.closers.push(() => context.close());
    return context;
  }

  /** Another browser, with these environment variables. */
  async launch(variables: Record<string, string>): Promise<Browser> {
    const browser = await launch(variables);
    this.closers.push(() => browser.close());
    return browser;
  }

  /** Stores the opening hours of an organization, in UTC. */
  async storeHours(organizationId: string, hours: string): Promise<void> {
    const answer = await fetch(`${this.backend.url}/backend/reports/${organizationId}/schedule`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token({ org_id: organizationId, scope: 'schedule:write' })}` },
      body: JSON.stringify({ timezone: 'UTC', versions: [{ hours }] }),
    });
    expect(answer.status).toBe(200);
  }

  async start(): Promise<void> {
    this.database = await TestDatabase.create();
    await fill(this.database.dataSource, sampleMessages(new Date()));
    this.backend = await Backend.start({ databaseUrl: this.database.url });
    this.browser = await launch();
  }

  /** Starts another server for one test. */
  async serve(databaseUrl: string, port = 0, options: Partial<ApplicationOptions> = {}): Promise<Backend> {
    const backend = await Backend.start({ databaseUrl, ...options }, port);
    this.closers.push(() => backend.close());
    return backend;
  }

  /** The number of things that are open. */
  get opened(): number {
    return this.closers.length;
  }

  /** Closes everything that was opened after the first `opened` things. */
  async tidy(opened = 0): Promise<void> {
    for (const close of this.closers.splice(opened)) await close();
  }

  async stop(): Promise<void> {
    await this.tidy();
    await this.browser.close();
    await this.backend.close();
    await this.database.drop();
  }
}

function launch(variables: Record<string, string> = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Chromium's sandbox refuses root, who runs the tests in a container.
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...process.env, ...variables },
  });
}

/** Writes messages to a database. */
export async function fill(dataSource: DataSource, messages: Iterable<MessageRow>): Promise<void> {
  await new MessageImporter(dataSource).import(messages);
}

/** Waits until the URL has a value for a parameter; null for none. The page changes its URL a moment after its view. */
export function isInUrl(page: Page, name: string, value: string | null): Promise<void> {
  return eventually(() => expect(new URL(page.url()).searchParams.get(name)).toBe(value));
}

/** The page for the tests of a file. What a test opens is closed after it; what `beforeAll` opens, at the end. */
export function useAdmin(): Admin {
  const admin = new Admin();
  let opened: number;
  beforeAll(() => admin.start());
  beforeEach(() => {
    opened = admin.opened;
  });
  afterEach(() => admin.tidy(opened));
  afterAll(() => admin.stop());
  return admin;
}
