import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { createGunzip } from 'node:zlib';

/** What came back over a connection, as text with one character per byte. */
export interface WireAnswer {
  /** Undefined if the connection was closed without an answer. */
  status?: number;
  contentType: string;
  text: string;
}

/** A request that Node's client agrees to send. */
export interface LegalRequest {
  method: string;
  path: string;
  headers: Record<string, string | string[]>;
  body?: string;
}

const TIME_LIMIT_MS = 10_000;
/** Few sockets, so that connections are reused. */
const agent = new Agent({ keepAlive: true, maxSockets: 24 });

/** Sends a request on a connection that stays open, and reads its answer uncompressed. Rejects if there is no whole answer within ten seconds. */
export function send(url: string, { method, path, headers, body }: LegalRequest): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIME_LIMIT_MS);
    const request = httpRequest({ hostname, port, method, path, headers, agent, signal }, (response) => {
      let text = '';
      const { 'content-encoding': encoding } = response.headers;
      const body = encoding === 'gzip' ? response.pipe(createGunzip()) : response;
      body.setEncoding('latin1');
      body.on('data', (data: string) => (text += data));
      response.on('error', reject);
      body.on('error', reject);
      body.on('end', () => {
        resolve({ status: response.statusCode, contentType: response.headers['content-type'] ?? '', text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Sends any bytes on a new connection, and reads until the server closes it. */
export function sendBytes(url: string, bytes: Buffer): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no end within ${TIME_LIMIT_MS} ms: ${text.slice(0, 500)}`));
    }, TIME_LIMIT_MS);
    socket.setEncoding('latin1');
    socket.on('data', (data) => (text += data.toString()));
    // The server may close the connection before everything is sent.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      const contentType = /^content-type: (.*)\r$/im.exec(text)?.[1] ?? '';
      resolve({ status: status === undefined ? undefined : Number(status), contentType, text });
    });
    socket.end(bytes);
  });
}

/** Closes the connections that `send` has kept. */
export function closeWires(): void {
  agent.destroy();
}
