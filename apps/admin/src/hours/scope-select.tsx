import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { REPORT_PATH } from '../availability/report';
import { isSelectable } from '../filters/channel.format';
import { SearchSelect } from '../layout/search-select';
import { api } from '../session/session.client';

interface Properties {
  org: string;
  /** Channels with hours of their own. */
  ownHours: string[];
  /** Null for the organization. */
  channel: string | null;
  onChange: (channel: string | null) => void;
}

/** Prefixed, because a channel may have any name, even `all`. */
const PREFIX = 'channel ';
const ALL = 'all';

/** Chooses whose hours are shown: the organization's or a channel's. */
export function ScopeSelect({ org, ownHours, channel, onChange }: Properties) {
  const { t } = useTranslation();
  const { data: channels = [] } = useQuery({
    queryKey: ['channel-names', org],
    queryFn: async () => {
      const { data } = await api.GET(`${REPORT_PATH}/channels`, { params: { path: { orgId: org } } });
      // Only the type of the response says that it may be CSV.
      return (data as { channels: { channel: string }[] }).channels.map((one) => one.channel);
    },
  });
  const shown = channel === null ? [] : [channel];
  const names = [...new Set([...ownHours, ...shown, ...channels])].filter(isSelectable);
  const labelOf = (name: string) => (ownHours.includes(name) ? t('hours.ownHours', { channel: name }) : name);
  return (
    <SearchSelect
      label={t('hours.appliesTo')}
      data={[
        { value: ALL, label: t('hours.organization') },
        ...names.map((name) => ({ value: PREFIX + name, label: labelOf(name) })),
      ]}
      value={channel === null ? ALL : PREFIX + channel}
      onChange={(value) => onChange(value === ALL ? null : value!.slice(PREFIX.length))}
      limit={60}
      maw={360}
    />
  );
}
