import { IconCheck, IconMessageOff, IconMoon, IconQuestionMark, IconVolumeOff } from '@tabler/icons-react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import type { Current } from '../availability/current';
import type { Filters } from '../filters/filters';
import { formatDuration, formatDurationInWords } from '../time/duration.format';
import { formatTime } from '../time/time.format';

/** What the page says about the present. */
export interface Description {
  color: string;
  icon: ReactNode;
  title: string;
  detail?: string;
}

/** What it says if the server does not answer. */
export function describeUnknown(): Description {
  const [title, detail] = [i18next.t('now.unknown'), i18next.t('now.unknownDetail')];
  return { color: 'gray', icon: <IconQuestionMark />, title, detail };
}

/** When and of what the state is. */
interface Context {
  filters: Filters;
  asOfMs: number;
  /** How many channels are silent, and how many there are. */
  silent: number;
  all: number | undefined;
}

/** Describes what holds now. Without a message for 30 days, it is a muted line. */
export function describe(
  current: Current,
  { filters: { org, channel, zone }, asOfMs, silent, all }: Context,
): Description {
  const { t } = i18next;
  const scope = channel === null ? t('now.chat') : t('now.channel', { channel });
  const { state, last_message_at: lastMessageAt, session_id: conversation, opens_at: opensAt } = current;
  // The server's clock may be slightly ahead of the browser's.
  const sinceMessageMs = Math.max(1000, asOfMs - Date.parse(lastMessageAt ?? ''));
  const timeOf = (instant: string) => formatTime(instant, zone, 'minute');
  switch (state) {
    case 'up': {
      const title = silent === 0 ? t('now.up', { scope }) : t('now.upButSilent', { scope, count: silent, all });
      const detail = t('now.upDetail', { duration: formatDuration(sinceMessageMs), conversation });
      return { color: 'teal', icon: <IconCheck />, title, detail };
    }
    case 'down': {
      // Anybody can check the time of the last message; downtime begins two minutes later.
      const title = t('now.down', { scope, time: timeOf(lastMessageAt!) });
      const detail = t('now.downDetail', { duration: formatDurationInWords(sinceMessageMs), conversation });
      return { color: 'red', icon: <IconVolumeOff />, title, detail };
    }
    case 'closed': {
      const detail = opensAt ? t('now.opens', { time: timeOf(opensAt) }) : t('now.opensNever');
      return { color: 'gray', icon: <IconMoon />, title: t('now.closedScope', { scope }), detail };
    }
    case 'no_data': {
      const detail = t('now.noneDetail', { scope, org });
      return { color: 'gray', icon: <IconMessageOff />, title: t('now.none'), detail };
    }
  }
}

/** Describes the same where the last message is too old for an alarm. */
export function describeDormant({ last_message_at: lastMessageAt }: Current, { channel, zone }: Filters): Description {
  const { t } = i18next;
  const scope = channel === null ? t('now.chat') : t('now.channel', { channel });
  const title = t('now.dormant', { scope, time: formatTime(lastMessageAt!, zone, 'minute') });
  return { color: 'gray', icon: <IconMessageOff />, title };
}
