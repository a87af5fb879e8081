import { totalmem } from 'node:os';
import { PORT } from './socket-folder';

/** PostgreSQL's default. */
const MINIMUM_SHARED_BUFFERS_MB = 128;

/** Enough for tens of millions of messages. */
const MAXIMUM_SHARED_BUFFERS_MB = 1024;

/**
 * Returns the options that `postgres` is started with. They take precedence over `postgresql.conf`.
 *
 * @param path PostgreSQL's data directory
 */
export function startOptions(path: string, socketFolder: string): string[] {
  const settings = {
    port: PORT,
    listen_addresses: '',
    // A server's working directory is its data directory, whose path would need quotes in a list.
    unix_socket_directories: socketFolder === path ? '.' : socketFolder,
    shared_buffers: `${sharedBuffersMb()}MB`,
  };
  return ['-D', path, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * A quarter of the memory, as the PostgreSQL manual recommends, so that the pages that reports read stay cached.
 * PostgreSQL occupies the memory only as it uses it.
 * https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS
 */
function sharedBuffersMb(): number {
  const memoryMb = Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20;
  return Math.round(Math.min(Math.max(memoryMb / 4, MINIMUM_SHARED_BUFFERS_MB), MAXIMUM_SHARED_BUFFERS_MB));
}
