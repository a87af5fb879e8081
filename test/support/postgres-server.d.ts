import type { ChildProcess } from 'node:child_process';

export function postgresAccount(): { uid?: number; gid?: number };

export function makePostgresFolder(name: string): string;

export class PostgresServer {
  readonly child: ChildProcess;
  readonly folder: string;
  static start(programs: string, folder: string, settings: Record<string, string | number>): Promise<PostgresServer>;
  stop(): Promise<void>;
}
