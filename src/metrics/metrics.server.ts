import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { explainListenError } from '../http/listen-error';
import { Metrics } from './metrics';

/** Where the metrics are served. */
export class MetricsOptions {
  constructor(
    readonly host: string,
    /** 0 chooses a free port. */
    readonly port: number,
  ) {}
}

/** Serves the metrics on a separate port, so that they need not be public. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server = createServer((request, response) => {
    const isKnown = request.url === '/metrics' && (request.method === 'GET' || request.method === 'HEAD');
    if (!isKnown) return void response.writeHead(404).end();
    this.metrics.registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': this.metrics.registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });

  constructor(
    private readonly options: MetricsOptions,
    private readonly metrics: Metrics,
  ) {}

  /** `http://127.0.0.1:9090/metrics`. Available while the server is listening. */
  get url(): string {
    const { address, port, family } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/metrics`;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { host, port } = this.options;
    this.server.listen(port, host);
    await once(this.server, 'listening').catch((error: unknown) => {
      throw explainListenError(error, 'METRICS_PORT', port, host);
    });
  }

  /** Called after the last request has been answered, so it is still counted. */
  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
