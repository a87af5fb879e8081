import { useTranslation } from 'react-i18next';
import { isSelectable } from '../filters/channel.format';
import type { FilterProperties } from '../filters/filters';
import { SearchSelect } from '../layout/search-select';
import classes from './bar.module.css';

interface Properties extends FilterProperties {
  /** Names of the channels to choose from. */
  channels: string[];
}

/** Prefixed, because a channel may have any name, even `all`. */
const PREFIX = 'channel ';
const ALL = 'all';
const valueOf = (channel: string | null) => (channel === null ? ALL : PREFIX + channel);

/** Chooses a channel, or all. */
export function ChannelSelect({ filters: { channel }, setFilters, channels }: Properties) {
  const { t } = useTranslation();
  const names = channel === null || channels.includes(channel) ? channels : [channel, ...channels];
  const options = names.filter(isSelectable).map((name) => ({ value: valueOf(name), label: name }));
  return (
    <SearchSelect
      aria-label={t('bar.channel')}
      title={channel ?? undefined}
      data={[{ value: ALL, label: t('bar.allChannels') }, ...options]}
      value={valueOf(channel)}
      onChange={(value) => setFilters({ channel: value === ALL ? null : value!.slice(PREFIX.length) })}
      nothingFoundMessage={t('bar.noChannelFound')}
      classNames={{ root: classes.channel, dropdown: classes.names }}
      comboboxProps={{ withinPortal: false, width: 'max-content', position: 'bottom-start' }}
    />
  );
}
