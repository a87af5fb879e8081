import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves a backend below a path, and nothing else. */
export class PathProxy {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param strips whether the backend sees addresses without the path */
  static async open(backendUrl: string, path: string, strips: boolean): Promise<PathProxy> {
    const server = createServer((incoming, outgoing) => {
      const asked = incoming.url!;
      if (!isBelow(path, asked)) return void outgoing.writeHead(404).end();
      const forwarded = strips ? asked.slice(path.length).replace(/^(?!\/)/, '/') : asked;
      const { method, headers } = incoming;
      const asking = request(new URL(backendUrl), { path: forwarded, method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      });
      asking.on('error', () => outgoing.destroy());
      incoming.pipe(asking);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PathProxy(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

function isBelow(path: string, asked: string): boolean {
  return asked.startsWith(path) && /^([/?]|$)/.test(asked.slice(path.length));
}
