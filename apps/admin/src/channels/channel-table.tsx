import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBreakdownBefore } from '../availability/breakdown-before';
import type { View } from '../availability/view';
import type { FilterProperties } from '../filters/filters';
import { Section } from '../layout/section';
import type { Sorting } from '../layout/sortable-header';
import { useIsNarrow } from '../layout/use-is-narrow';
import { SparkLegend } from '../spark/spark-legend';
import { formatCount } from '../time/locale';
import { ChannelList } from './channel-list';
import {
  CHANNEL_COLUMNS,
  type ChannelColumn,
  foldRows,
  isLargestFirst,
  MOST_UNFOLDED,
  rowsOf,
  search,
  sortRows,
} from './channel-rows';
import { useChannelView } from './channel-view';
import { useFoldedReasons } from './use-folded-reasons';

type Properties = FilterProperties & { view: View };

/** The availability of each channel, worst first unless asked otherwise. */
export function ChannelTable({ view, filters, setFilters }: Properties) {
  const { t } = useTranslation();
  const [shown, change] = useChannelView();
  const { data: before } = useBreakdownBefore(view);
  const rows = useMemo(
    () =>
      rowsOf(
        { channels: view.breakdown.channels, period: view.period },
        before && { channels: before.channels, period: view.before },
      ),
    [view, before],
  );
  const isNarrow = useIsNarrow();
  const isDescending = shown['channels-order'] === 'down';
  const sorting = { by: shown['channels-by'], isDescending };
  const sort = (next: Sorting<ChannelColumn>) =>
    change({ 'channels-by': next.by, 'channels-order': next.isDescending ? 'down' : 'up' });
  const sorted = useMemo(
    () => sortRows(search(rows, shown.channels), shown['channels-by'], isDescending),
    [rows, shown, isDescending],
  );
  const isSearched = shown.channels.trim() !== '';
  const folded = useMemo(() => foldRows(sorted), [sorted]);
  const listed = isSearched || shown['channels-all'] ? sorted : folded.shown;
  return (
    <Section
      title={t(listed.length < rows.length ? 'channels.titleOfSome' : 'channels.title', {
        listed: formatCount(listed.length),
        number: formatCount(rows.length),
      })}
      aside={<AllChannels {...{ filters, setFilters }} />}
    >
      {rows.length > MOST_UNFOLDED && (
        <SearchInput text={shown.channels} setText={(channels) => change({ channels })} />
      )}
      {!isSearched && <FoldedNote folded={folded} isShown={shown['channels-all']} change={change} />}
      {isNarrow && <SortSelect by={sorting.by} sort={sort} />}
      <SparkLegend />
      {listed.length === 0 ? (
        <Text c="dimmed" role="status">
          {t(isSearched ? 'channels.noneFound' : 'channels.noneWithMessages')}
        </Text>
      ) : (
        <ChannelList
          view={view}
          rows={listed}
          key={String(isNarrow)}
          {...{ ...sorting, sort, isNarrow, filters, setFilters }}
        />
      )}
      <Text size="xs" c="dimmed">
        {t('channels.availabilityNote')} {t('channels.barNote')} {t('channels.changeNote')} {t('channels.lastNote')}
      </Text>
    </Section>
  );
}

function AllChannels({ filters, setFilters }: FilterProperties) {
  const { t } = useTranslation();
  if (filters.channel === null) return null;
  return (
    <Button variant="default" size="xs" onClick={() => setFilters({ channel: null })}>
      {t('channels.all')}
    </Button>
  );
}

interface FoldedProperties {
  folded: ReturnType<typeof foldRows>;
  isShown: boolean;
  change: (next: { 'channels-all': boolean }) => void;
}

/** Counts the channels that are left out, and says why; they are shown on request. */
function FoldedNote({ folded, isShown, change }: FoldedProperties) {
  const { t } = useTranslation();
  const reasons = useFoldedReasons(folded);
  if (reasons === '') return null;
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t(isShown ? 'channels.alsoListed' : 'channels.notListed', { reasons })}
      </Text>
      <Button
        variant="default"
        size="compact-sm"
        aria-expanded={isShown}
        onClick={() => change({ 'channels-all': !isShown })}
      >
        {t(isShown ? 'channels.hide' : 'channels.show')}
      </Button>
    </Group>
  );
}

/** Sorts by any column where there is no room for their headers. */
function SortSelect({ by, sort }: { by: ChannelColumn; sort: (next: Sorting<ChannelColumn>) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t('channels.sort')}
      data={CHANNEL_COLUMNS.map((value) => ({ value, label: t(`channels.sortBy.${value}`) }))}
      value={by}
      allowDeselect={false}
      onChange={(value) => value && sort({ by: value, isDescending: isLargestFirst(value) })}
      maw={320}
    />
  );
}

function SearchInput({ text, setText }: { text: string; setText: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextInput
      type="search"
      aria-label={t('channels.search')}
      placeholder={t('channels.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      maw={320}
    />
  );
}
