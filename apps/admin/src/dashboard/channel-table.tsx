import { Anchor, Button, Progress, Table, Text } from '@mantine/core';
import type { View } from '../api/availability';
import type { Filters, SetFilters } from '../filters/filters';
import { formatAvailability, levelOf } from '../format/availability.format';
import { formatDuration } from '../format/time.format';
import { Section } from './section';

type Channel = View['breakdown']['channels'][number];

interface Properties {
  view: View;
  filters: Filters;
  setFilters: SetFilters;
}

/** Each channel as a stream of its own, the worst first. */
export function ChannelTable({ view, filters, setFilters }: Properties) {
  const all = filters.channel !== null && (
    <Button variant="default" size="xs" onClick={() => setFilters({ channel: null })}>
      All channels
    </Button>
  );
  return (
    <Section title="Channels" aside={all}>
      <Table.ScrollContainer
        minWidth={260}
        type="native"
        mah={520}
        tabIndex={0}
        role="group"
        aria-label="Table of channels"
      >
        <Table highlightOnHover verticalSpacing={6} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Channel</Table.Th>
              <Table.Th>Availability</Table.Th>
              <Table.Th>Silent</Table.Th>
              <Table.Th visibleFrom="xs">Outages</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {view.breakdown.channels.map((channel) => (
              <ChannelRow key={channel.channel} channel={channel} filters={filters} setFilters={setFilters} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function ChannelRow({ channel, filters, setFilters }: Omit<Properties, 'view'> & { channel: Channel }) {
  const name = channel.channel || '(no name)';
  const isChosen = filters.channel === channel.channel;
  const isEmpty = channel.last_message_at === null && channel.total_down_time === 0;
  return (
    <Table.Tr aria-current={isChosen || undefined} bg={isChosen ? 'var(--mantine-primary-color-light)' : undefined}>
      <Table.Td>
        <Anchor component="button" size="sm" fw={600} onClick={() => setFilters({ channel: channel.channel })}>
          {name}
        </Anchor>
      </Table.Td>
      {isEmpty ? (
        <Table.Td colSpan={3} c="dimmed">
          no messages in this period
        </Table.Td>
      ) : (
        <>
          <Table.Td>
            <Text size="sm">{formatAvailability(channel)}</Text>
            <Progress
              value={channel.availability_percentage}
              color={`var(--${levelOf(channel, filters.target)})`}
              size="sm"
              aria-label={`Availability of ${name}`}
            />
          </Table.Td>
          <Table.Td className="nowrap">
            {channel.total_down_time === 0 ? 'none' : formatDuration(channel.total_down_time)}
          </Table.Td>
          <Table.Td visibleFrom="xs">{channel.outages.toLocaleString()}</Table.Td>
        </>
      )}
    </Table.Tr>
  );
}
