import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type DataSource } from 'typeorm';
import { MessageImporter } from '../../src/import/message-importer';
import type { MessageRow } from '../../src/import/message-row';
import { sampleMessages } from '../../src/sample/sample-messages';
import { Backend, token } from './backend';
import { findChromium } from './chromium';
import { TestDatabase } from './database';
import { ShownView } from './shown-view';

/** What a page was asked to be like. */
interface PageOptions extends BrowserContextOptions {
  /** Of the token to sign in with by the link; null for none. */
  claims?: Record<string, unknown> | null;
  /** Filters in the URL. */
  query?: Record<string, string>;
  /** Default: the one of all pages. */
  backend?: Backend;
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

  /** The same, with an eye on what the page asks. */
  async openView({
    claims = {},
    query = {},
    backend = this.backend,
    ...options
  }: PageOptions = {}): Promise<ShownView> {
    const context = await this.browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
    this.closers.push(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const view = new ShownView(page);
    const fragment = claims === null ? '' : `#token=${token({ org_id: ['demo', '123456'], ...claims })}`;
    await page.goto(`${backend.url}/admin/?${new URLSearchParams(query).toString()}${fragment}`);
    return view;
  }

  async start(): Promise<void> {
    this.database = await TestDatabase.create();
    await fill(this.database.dataSource, sampleMessages(new Date()));
    this.backend = await Backend.start({ databaseUrl: this.database.url });
    this.browser = await chromium.launch({
      executablePath: findChromium(),
      // Chromium's sandbox refuses root, which is who runs tests in a container.
      chromiumSandbox: process.getuid?.() !== 0,
    });
  }

  /** Starts another server for one test. */
  async serve(databaseUrl: string, port = 0): Promise<Backend> {
    const backend = await Backend.start({ databaseUrl }, port);
    this.closers.push(() => backend.close());
    return backend;
  }

  /** Closes what a test has opened. */
  async tidy(): Promise<void> {
    for (const close of this.closers.splice(0)) await close();
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.backend.close();
    await this.database.drop();
  }
}

/** Writes messages to a database. */
export async function fill(dataSource: DataSource, messages: Iterable<MessageRow>): Promise<void> {
  await new MessageImporter(dataSource).import(messages);
}

/** The page for the tests of a file. */
export function useAdmin(): Admin {
  const admin = new Admin();
  beforeAll(() => admin.start());
  afterEach(() => admin.tidy());
  afterAll(() => admin.stop());
  return admin;
}

/** Waits until an expectation holds. Fails as it does when it still does not after ten seconds. */
export async function eventually(expectation: () => Promise<void>): Promise<void> {
  const endMs = Date.now() + 10_000;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (Date.now() > endMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
