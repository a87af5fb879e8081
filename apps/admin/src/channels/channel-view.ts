import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { CHANNEL_COLUMNS } from './channel-rows';

/** How the URL sets the table of channels: the search text, the order, and whether channels without messages are shown. */
const PARAMETERS = {
  channels: parseAsString.withDefault(''),
  'channels-by': parseAsStringLiteral(CHANNEL_COLUMNS).withDefault('availability'),
  'channels-order': parseAsStringLiteral(['up', 'down'] as const).withDefault('up'),
  'channels-all': parseAsBoolean.withDefault(false),
};

/** Returns how the table of channels is to be shown, and a function that changes it. The back button does not undo that. */
export function useChannelView() {
  const [view, change] = useQueryStates(PARAMETERS, { history: 'replace' });
  return [view, (next: Partial<typeof view>) => void change(next)] as const;
}
