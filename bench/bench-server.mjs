/** The PostgreSQL that the benchmarks run on: the one at DATABASE_URL, or an embedded one in a temporary folder. */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../dist/database/data-source.js';
import { openDatabase } from '../dist/database/open-database.js';
import { readEnvironment } from '../dist/environment.js';

export class BenchServer {
  #databases = [];

  static async open() {
    const server = new BenchServer();
    server.folder = mkdtempSync(join(tmpdir(), 'chat-reports-bench-'));
    // PostgreSQL may run under another account, which must reach its files.
    chmodSync(server.folder, 0o755);
    await server.#start();
    return server;
  }

  /** Whether the server is one of the run's own, which it may stop. */
  get isEmbedded() {
    return !process.env.DATABASE_URL;
  }

  async #start() {
    const settings = { DATABASE_URL: process.env.DATABASE_URL, DATA_DIR: join(this.folder, 'data') };
    this.opened = await openDatabase(readEnvironment(settings));
  }

  /**
   * Empties the server's memory where that is possible, by starting it again. What the operating system keeps of its
   * files stays.
   */
  async restart() {
    if (!this.isEmbedded) return;
    const { port } = new URL(this.opened.url);
    await this.opened.close();
    await this.#start();
    if (new URL(this.opened.url).port !== port) throw new Error('PostgreSQL came back on another port');
  }

  /** Makes an empty database with the product's schema, and lends it. */
  async withDatabase(work) {
    const name = `bench_${randomUUID().replaceAll('-', '')}`;
    await query(this.opened.url, `create database ${name}`);
    this.#databases.push(name);
    const url = new URL(this.opened.url);
    url.pathname = name;
    await migrate(url.href);
    try {
      return await work(url.href);
    } finally {
      await this.#drop(name);
    }
  }

  async describe() {
    const [{ version, buffers }] = await query(
      this.opened.url,
      `select current_setting('server_version') as version, current_setting('shared_buffers') as buffers`,
    );
    const memoryGb = Math.round(totalmem() / 2 ** 30);
    const kind = this.isEmbedded ? 'embedded' : 'own settings';
    const day = new Date().toISOString().slice(0, 10);
    return `${day}, PostgreSQL ${version.split(' ')[0]} (${kind}, shared_buffers ${buffers}), Node ${process.versions.node}, ${availableParallelism()} cores shared by all processes, ${memoryGb} GB of memory`;
  }

  async close() {
    for (const name of this.#databases) await this.#drop(name);
    await this.opened.close();
    rmSync(this.folder, { recursive: true });
  }

  async #drop(name) {
    await query(this.opened.url, `drop database if exists ${name} with (force)`);
    this.#databases = this.#databases.filter((other) => other !== name);
  }
}

/** Runs one statement on a connection of its own, which is new. */
export async function query(url, statement, parameters) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(statement, parameters)).rows;
  } finally {
    await client.end();
  }
}
