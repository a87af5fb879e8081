/** Each statement as it looks for the default messages table. `npm run generate` writes them to `statements/`. */

import type { MessageTable } from '../message-table/message-table';
import { quoteIdentifier, raw, type Sql } from '../message-table/sql.fragment';
import type { MessageRange } from './message-scope';
import { overviewStatement } from './overview.sql';
import {
  breakdownStatement,
  channelsStatement,
  gapSumsStatement,
  gapsStatement,
  lastMessageStatement,
} from './statements.sql';

const columnOf = (name: string, type: string) => ({
  name,
  type: { name: type, labels: [] },
  sql: raw(`m.${quoteIdentifier(name)}`),
});
const TABLE: MessageTable = {
  qualifiedName: '"messages"',
  source: raw('"messages" m'),
  organization: columnOf('organization_id', 'text'),
  channel: columnOf('channel', 'text'),
  session: columnOf('session_id', 'text'),
  createdAt: {
    ...columnOf('created_at', 'timestamp with time zone'),
    hasTimeZone: true,
    hasMicroseconds: false,
    isZoneAssumed: false,
  },
  id: columnOf('id', 'uuid'),
  filter: raw(''),
};
const RANGE: MessageRange = {
  organizationId: '123456',
  start: new Date('2023-01-01T00:00:00Z'),
  end: new Date('2023-01-31T23:59:59Z'),
};
const AS_OF = new Date('2023-02-01T12:00:00Z');
const THRESHOLD_MS = 120_000;
const INDEXES = { organization: true, channel: true, allChannels: true };

/** The statements by the names of their files. */
export const STATEMENTS: Record<string, Sql> = {
  report: gapsStatement(TABLE, RANGE, THRESHOLD_MS, true),
  'report-without-index': gapsStatement(TABLE, RANGE, THRESHOLD_MS, false),
  'report-with-edges': gapsStatement(TABLE, { ...RANGE, asOf: AS_OF }, THRESHOLD_MS, true),
  'report-on-a-channel': gapsStatement(TABLE, { ...RANGE, channel: 'web' }, THRESHOLD_MS, true),
  breakdown: gapSumsStatement(TABLE, RANGE, THRESHOLD_MS, true),
  'breakdown-without-index': gapSumsStatement(TABLE, RANGE, THRESHOLD_MS, false),
  'breakdown-with-hours': breakdownStatement(TABLE, RANGE, THRESHOLD_MS, true),
  overview: overviewStatement(TABLE, RANGE, THRESHOLD_MS, INDEXES, { isSummed: true, maximumRows: Infinity }),
  channels: channelsStatement(TABLE, TABLE.channel!, { organizationId: RANGE.organizationId }, AS_OF, true),
  current: lastMessageStatement(TABLE, { organizationId: RANGE.organizationId }, AS_OF),
};
