import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
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
}

/** The admin page in a browser, the server behind it, and a database with the sample of the demo. */
export class Admin {
  backend!: Backend;
  database!: TestDatabase;
  private browser!: Browser;
  private readonly contexts: BrowserContext[] = [];

  /** Opens the page in a tab of its own, on a desktop in Berlin unless told otherwise. */
  async open(options: PageOptions = {}): Promise<Page> {
    return (await this.openView(options)).page;
  }

  /** The same, with an eye on what the page asks. */
  async openView({ claims = {}, query = {}, ...options }: PageOptions = {}): Promise<ShownView> {
    const context = await this.browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
    this.contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const view = new ShownView(page);
    const fragment = claims === null ? '' : `#token=${token({ org_id: ['demo', '123456'], ...claims })}`;
    await page.goto(`${this.backend.url}/admin/?${new URLSearchParams(query).toString()}${fragment}`);
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

  async closePages(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
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
  afterEach(() => admin.closePages());
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
