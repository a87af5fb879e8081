/** The PostgreSQL for the benchmarks: the one at DATABASE_URL, or an embedded one in a temporary directory. */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readEnvironment } from '../dist/config/environment.js';
import { migrate } from '../dist/database/data-source.js';
import { openDatabase } from '../dist/database/open-database.js';

/** A running PostgreSQL, and the databases that the benchmarks create on it. */
export class BenchServer {
  #databases = [];

  /** Opens the server; call `close` at the end. */
  static async open() {
    const server = new BenchServer();
    server.folder = mkdtempSync(join(tmpdir(), 'chat-reports-bench-'));
    // PostgreSQL may run under another account, which needs access to its files.
    chmodSync(server.folder, 0o755);
    await server.#start();
    return server;
  }

  /** Whether the server belongs to this run, which may therefore restart it. */
  get isEmbedded() {
    return !process.env.DATABASE_URL;
  }

  async #start() {
    const settings = { DATABASE_URL: process.env.DATABASE_URL, DATA_DIR: join(this.folder, 'data') };
    this.opened = await openDatabase(readEnvironment(settings));
  }

  /**
   * Restarts an embedded server to empty its shared buffers. Its files stay in the page cache of the operating system.
   */
  async restart() {
    if (!this.isEmbedded) return;
    await this.opened.close();
    await this.#start();
  }

  /** Creates an empty database with the product's schema, and drops it when `work` is done. */
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

  /** Describes the server and the machine in one line. */
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

/** Runs a statement on a new connection. */
export async function query(url, statement, parameters) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(statement, parameters)).rows;
  } finally {
    await client.end();
  }
}
