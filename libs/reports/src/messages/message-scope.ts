import { explainValue } from '../message-table/column-type';
import type { Column, MessageTable } from '../message-table/message-table';
import { MessageScopeError } from './message-scope.error';

/** Which messages to read: those of an organization, or of one of its channels. */
export interface MessageScope {
  organizationId: string;
  /** Exact name of a channel; without it, the messages of all channels form one sequence. */
  channel?: string;
}

/** A request that can be canceled. */
export interface Cancellable {
  /** Abort it to cancel the statement when the result is no longer needed. */
  signal?: AbortSignal;
}

/** The messages of a scope with start <= createdAt <= end. */
export interface MessageRange extends MessageScope, Cancellable {
  start: Date;
  end: Date;
  /**
   * The instant that counts as now. If given, the messages next to the range are read as well, up to that instant;
   * otherwise, nothing outside the range is read.
   */
  asOf?: Date;
  /** Maximum number of gaps to read, of all channels together; default: no limit. Gaps are held in memory. */
  maximumGaps?: number;
}

/**
 * Checks that the columns can hold the values of a scope.
 *
 * @throws MessageScopeError naming the field and the accepted form
 */
export function checkScope(table: MessageTable, scope: MessageScope): void {
  check('organizationId', table.organization, scope.organizationId);
  if (scope.channel === undefined) return;
  if (!table.channel) throw new MessageScopeError('channel', 'cannot be given: these messages have no channel');
  check('channel', table.channel, scope.channel);
}

function check(field: 'organizationId' | 'channel', { type }: Column, value: string): void {
  const explanation = explainValue(type, value);
  if (explanation !== undefined) throw new MessageScopeError(field, explanation);
}
