import { useTranslation } from 'react-i18next';
import { formatCount } from '../time/locale';
import type { foldRows } from './channel-rows';

/** Counts the channels that are left out of a list, and says why; an empty text if there are none. */
export function useFoldedReasons(folded: Omit<ReturnType<typeof foldRows>, 'shown'>): string {
  const { t } = useTranslation();
  return (['nearlySilent', 'silent', 'unknown'] as const)
    .filter((reason) => folded[reason].length > 0)
    .map((reason) => t(`channels.folded.${reason}`, { number: formatCount(folded[reason].length) }))
    .join(', ');
}
