import { once } from 'node:events';
import { connect } from 'node:net';
import type { PostgresClient } from './postgres-client';

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CANCELREQUEST */
const CANCEL_REQUEST_CODE = 80_877_102;

const CANCEL_TIMEOUT_MS = 2_000;

/**
 * Sends PostgreSQL's cancel request for the statement of a client. The request takes a new connection but no session, since
 * all connections of the pool may be busy with statements to be canceled. If the connection ends at a proxy, the secret
 * prevents a different server from canceling a process of its own.
 */
export async function cancelStatement({ host, port, processID, secretKey, connection }: PostgresClient): Promise<void> {
  const { remotePort, remoteAddress } = connection.stream;
  const socket =
    remotePort === undefined ? connect(`${host}/.s.PGSQL.${port}`) : connect({ port: remotePort, host: remoteAddress });
  try {
    const request = Buffer.alloc(16);
    [request.length, CANCEL_REQUEST_CODE, processID, secretKey].forEach((value, index) =>
      request.writeInt32BE(value, index * 4),
    );
    // The server closes the connection once it has sent the signal. PgBouncer 1.18 crashes if the client does before.
    socket.write(request);
    await once(socket.resume(), 'close', { signal: AbortSignal.timeout(CANCEL_TIMEOUT_MS) });
  } finally {
    socket.destroy();
  }
}
