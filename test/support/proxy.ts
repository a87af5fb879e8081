import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** A network between the product and its database that a test can cut. */
export class DatabaseProxy {
  private readonly sockets = new Set<Socket>();
  private isSilent = false;
  /** How long data takes to get through, in each direction. */
  delayMs = 0;
  /** How long the database takes to wake up, from the first connection on. */
  wakingMs = 0;
  private waking?: Promise<void>;

  private constructor(
    private readonly target: URL,
    private server: Server,
    private readonly port: number,
  ) {}

  static async open(databaseUrl: string): Promise<DatabaseProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new DatabaseProxy(new URL(databaseUrl), server, (server.address() as AddressInfo).port);
    server.on('connection', (client) => void proxy.forward(client));
    return proxy;
  }

  /** The URL of the database through the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** Breaks all connections and refuses new ones. */
  async cut(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
    this.isSilent = false;
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.cut();
  }

  /** Accepts connections again. */
  async mend(): Promise<void> {
    this.server = createServer((client) => void this.forward(client));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Silently drops everything, like a network that loses all packets. */
  silence(): void {
    this.isSilent = true;
    for (const socket of this.sockets) socket.unpipe();
  }

  /** Lets new connections through while the old ones stay silent. */
  speakToNew(): void {
    this.isSilent = false;
  }

  private async forward(client: Socket): Promise<void> {
    if (this.wakingMs > 0) await (this.waking ??= sleep(this.wakingMs));
    // A lost connection request would get no answer at all; accepting it and staying silent comes closest.
    if (this.isSilent) return void this.sockets.add(client);
    const database = this.connect();
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      this.sockets.add(socket);
      socket.pipe(this.slowness()).pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.sockets.delete(socket) && other.destroy());
    }
  }

  private connect(): Socket {
    const { hostname, port } = this.target;
    const host = decodeURIComponent(hostname);
    return host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(Number(port || 5432), host);
  }

  private slowness(): Transform {
    return new Transform({
      transform: (chunk, _encoding, done) => void setTimeout(() => done(null, chunk), this.delayMs),
    });
  }
}
