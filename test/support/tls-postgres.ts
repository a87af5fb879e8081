import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port';
import { findPostgresPrograms } from './postgres-programs';
import { makePostgresFolder, postgresAccount, PostgresServer } from './postgres-server';

/** A PostgreSQL server that accepts connections with TLS only. Its certificate is for the host localhost. */
export class TlsPostgres {
  private constructor(
    private readonly server: PostgresServer,
    readonly port: number,
    /** The file with the certificate that clients must trust. */
    readonly certificate: string,
  ) {}

  static async start(): Promise<TlsPostgres> {
    const folder = makePostgresFolder('tls');
    const [key, certificate, hba] = ['server.key', 'server.crt', 'pg_hba.conf'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const newCertificate = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key];
    const options = { ...postgresAccount(), cwd: folder, stdio: 'pipe' } as const;
    execFileSync('openssl', [...newCertificate, '-out', certificate, ...subject], options);
    writeFileSync(hba, 'hostssl all all all trust\n');
    const port = await freePort();
    const tls = { ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key, hba_file: hba };
    const settings = { ...tls, port, listen_addresses: 'localhost' };
    return new TlsPostgres(await PostgresServer.start(findPostgresPrograms()!, folder, settings), port, certificate);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
