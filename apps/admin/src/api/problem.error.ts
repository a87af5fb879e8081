/** Why the API gave no answer, in words for the page. */
export class Problem extends Error {
  constructor(
    readonly kind: 'unreachable' | 'unauthorized' | 'busy' | 'refused' | 'failed',
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }

  /** A response that is not what was asked for. */
  static async of(response: Response): Promise<Problem> {
    const said = await explanationIn(response);
    const wait = Number(response.headers.get('Retry-After') ?? NaN) || undefined;
    switch (response.status) {
      case 401:
        return new Problem('unauthorized', 'The token was refused: it is not valid, or no longer.');
      case 403:
        return new Problem('unauthorized', `The token was refused: ${said}.`);
      case 429:
        return new Problem('busy', 'Too many requests were made in a short time.', wait);
      case 503:
        return new Problem('busy', `The server cannot answer now: ${said}.`, wait);
      default:
        return response.status < 500
          ? new Problem('refused', `The server refused the request: ${said}.`)
          : new Problem('failed', `The server failed to answer (${response.status}).`);
    }
  }

  /** What else can be thrown on the way to an answer: no connection, or one that broke within it. */
  static from(error: unknown): Problem {
    if (error instanceof Problem) return error;
    return new Problem('unreachable', 'The server cannot be reached: it or the network may be down.');
  }
}

async function explanationIn(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || !('message' in body)) return response.statusText;
  return Array.isArray(body.message) ? body.message.join('; ') : String(body.message);
}
