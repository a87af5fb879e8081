import compress from '@fastify/compress';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Compresses responses of more than a kilobyte for clients that accept it. Uses only gzip, because all clients support
 * it and it takes a fraction of the time of Brotli. Files of the admin page are compressed already. Bodies of requests
 * are not decompressed.
 */
export async function compressResponses(app: NestFastifyApplication): Promise<void> {
  await app.register(compress, { encodings: ['gzip'], globalDecompression: false });
}
