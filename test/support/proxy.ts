import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A network between the product and its database that a test can cut. */
export class DatabaseProxy {
  private readonly sockets = new Set<Socket>();

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

  private forward(client: Socket): void {
    const database = connect(Number(this.target.port || 5432), this.target.hostname);
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      this.sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.sockets.delete(socket) && other.destroy());
    }
  }
}
