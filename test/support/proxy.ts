import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';

/** A network between the product and its database that a test can cut. */
export class DatabaseProxy {
  private readonly sockets = new Set<Socket>();
  private isSilent = false;
  /** How long what is sent is on its way, in each direction. */
  delayMs = 0;

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
    server.on('connection', (client) => proxy.forward(client));
    return proxy;
  }

  /** The database as it is reached through the proxy. */
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

  /** Takes connections again. */
  async mend(): Promise<void> {
    this.server = createServer((client) => this.forward(client));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Lets nothing through any more, without a word, as a network does that loses everything. */
  silence(): void {
    this.isSilent = true;
    for (const socket of this.sockets) socket.unpipe();
  }

  /** Lets new connections through, while the old ones stay silent. */
  speakToNew(): void {
    this.isSilent = false;
  }

  private forward(client: Socket): void {
    // A lost packet to open a connection is not answered either; taken but silent is the nearest to it here.
    if (this.isSilent) return void this.sockets.add(client);
    const database = connect(Number(this.target.port || 5432), this.target.hostname);
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

  private slowness(): Transform {
    return new Transform({
      transform: (chunk, _encoding, done) => void setTimeout(() => done(null, chunk), this.delayMs),
    });
  }
}
