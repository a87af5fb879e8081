import { ActionIcon, CopyButton, Group, Pagination, Table, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Outage, View } from '../api/availability';
import { formatDuration } from '../format/time.format';
import { formatEnd, formatStart } from './outage.format';
import { DownloadButton } from './download-button';
import { Section } from './section';
import { SortableHeader, type Sorting } from './sortable-header';

const PAGE_SIZE = 20;

const COLUMNS = {
  start_time: 'Start',
  end_time: 'End',
  duration: 'Length',
  session_id: 'Session',
} satisfies Partial<Record<keyof Outage, string>>;

type Column = keyof typeof COLUMNS;

/** The outages of the period, page by page. */
export function OutageTable({ view }: { view: View }) {
  const outages = view.report.down_times;
  const [sorting, setSorting] = useState<Sorting<Column>>({ by: 'start_time', isDescending: true });
  const [chosenPage, setPage] = useState(1);
  const sorted = useMemo(() => sort(outages, sorting), [outages, sorting]);
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE_SIZE));
  // A refresh may have taken the page away.
  const page = Math.min(chosenPage, pages);
  const sortBy = (next: Sorting<Column>) => {
    setSorting(next);
    setPage(1);
  };
  return (
    <Section
      title={`Outages (${outages.length.toLocaleString()})`}
      aside={<DownloadButton key={`${view.period.startMs} ${view.filters.channel}`} view={view} />}
    >
      {outages.length === 0 && <Text c="dimmed">{explainNone(view)}</Text>}
      {outages.length > 0 && (
        <Table.ScrollContainer minWidth={280} type="native" tabIndex={0} role="group" aria-label="Table of outages">
          <Table highlightOnHover verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                {(Object.keys(COLUMNS) as Column[]).map((column) => (
                  <SortableHeader
                    key={column}
                    column={column}
                    sorting={sorting}
                    onSort={sortBy}
                    isDescendingFirst={column !== 'session_id'}
                    visibleFrom={column === 'end_time' ? 'sm' : undefined}
                  >
                    {COLUMNS[column]}
                  </SortableHeader>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((outage) => (
                <OutageRow key={outage.start_time} outage={outage} view={view} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {pages > 1 && (
        <Pagination
          total={pages}
          value={page}
          onChange={setPage}
          size="sm"
          getControlProps={(control) => ({ 'aria-label': `${control} page of outages` })}
          getItemProps={(number) => ({ 'aria-label': `Page ${number} of outages` })}
        />
      )}
    </Section>
  );
}

function OutageRow({ outage, view }: { outage: Outage; view: View }) {
  const { start_time: start, end_time: end, duration, session_id: sessionId, ongoing } = outage;
  return (
    <Table.Tr>
      <Table.Td>
        <time dateTime={start}>{formatStart(outage, view)}</time>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <time dateTime={end}>{formatEnd(outage, view)}</time>
      </Table.Td>
      <Table.Td className="nowrap">
        <div>{formatDuration(duration)}</div>
        {ongoing && (
          <Text size="xs" fw={700} c="var(--worse)">
            ongoing
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <Text span size="sm" truncate maw={140} title={sessionId}>
            {sessionId}
          </Text>
          <CopyButton value={sessionId}>
            {({ copied, copy }) => (
              <ActionIcon
                variant="subtle"
                size="sm"
                onClick={copy}
                aria-label={`${copied ? 'Copied' : 'Copy'} session ${sessionId}`}
              >
                {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              </ActionIcon>
            )}
          </CopyButton>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function explainNone({ filters: { channel, edges } }: View): string {
  const what = channel === null ? 'Chat' : `Channel ${channel || '(no name)'}`;
  const when = edges === 'count' ? '' : ' between the first and the last message of this period';
  return `${what} was never silent for more than two minutes${when}.`;
}

/** The times are ISO 8601 in UTC, some with milliseconds, which sort as times and not as texts. */
function sort(outages: Outage[], { by, isDescending }: Sorting<Column>): Outage[] {
  const keyed = outages.map((outage) => ({
    outage,
    key: by === 'start_time' || by === 'end_time' ? Date.parse(outage[by]) : outage[by],
  }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
  if (isDescending) keyed.reverse();
  return keyed.map(({ outage }) => outage);
}
