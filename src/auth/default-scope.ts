import type { REPORTS_SCOPE } from '@chat-reports/nestjs';

/** The scope of reports. Only its type is imported, because loading the library takes longer than signing a token. */
export const DEFAULT_SCOPE: typeof REPORTS_SCOPE = 'reports:read';
