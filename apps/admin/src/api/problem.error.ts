import i18next from 'i18next';

/** Why a call to the API failed, in words the page can show. */
export class Problem extends Error {
  constructor(
    readonly kind: 'unreachable' | 'unauthorized' | 'busy' | 'refused' | 'failed',
    message: string,
    readonly retryAfterSeconds?: number,
    /** The status of the response, if there was one. */
    readonly status?: number,
  ) {
    super(message);
  }

  /** Explains a response whose status is an error. */
  static async of(response: Response): Promise<Problem> {
    const explanation = await explanationIn(response);
    const retryAfterSeconds = secondsUntil(response.headers.get('Retry-After') ?? '');
    switch (response.status) {
      case 401:
        return new Problem('unauthorized', i18next.t('problems.refusedToken'));
      case 403:
        return new Problem('unauthorized', i18next.t('problems.refusedTokenFor', { explanation }));
      case 429:
        return new Problem('busy', i18next.t('problems.tooMany'), retryAfterSeconds);
      case 503:
        return new Problem('busy', i18next.t('problems.busy', { explanation }), retryAfterSeconds);
      default:
        return response.status < 500
          ? new Problem('refused', i18next.t('problems.refused', { explanation }), undefined, response.status)
          : new Problem('failed', i18next.t('problems.failed', { status: response.status }));
    }
  }

  /** Explains anything else a call can throw: it could not connect, or the connection broke. */
  static from(error: unknown): Problem {
    if (error instanceof Problem) return error;
    return new Problem('unreachable', i18next.t('problems.unreachable'));
  }
}

async function explanationIn(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || !('message' in body)) return response.statusText;
  return Array.isArray(body.message) ? body.message.join('; ') : String(body.message);
}

/** Reads Retry-After, which is in seconds or a date; undefined if it is neither, or not in the future. */
function secondsUntil(retryAfter: string): number | undefined {
  const isNumber = /^\d+$/.test(retryAfter);
  const seconds = isNumber ? Number(retryAfter) : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return seconds > 0 ? seconds : undefined;
}
