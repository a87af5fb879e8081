import { Group, Paper, Skeleton, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconMessageOff, IconQuestionMark, IconVolumeOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Current, useCurrent } from '../api/availability';
import type { Filters } from '../filters/filters';
import { formatDuration, formatDurationInWords, formatTime } from '../format/time.format';

/** Whether chat is alive at this moment. */
export function Now({ filters }: { filters: Filters }) {
  const { data, isError, dataUpdatedAt } = useCurrent(filters);
  if (isError)
    return <State color="gray" icon={<IconQuestionMark />} title="Not known" detail="The server gave no answer." />;
  if (data === undefined) return <Skeleton h={74} />;
  return <Known current={data} filters={filters} askedAtMs={dataUpdatedAt} />;
}

function Known({ current, filters, askedAtMs }: { current: Current; filters: Filters; askedAtMs: number }) {
  const what = filters.channel === null ? 'Chat' : `Channel ${filters.channel || '(no name)'}`;
  const { state, since, last_message_at: lastMessageAt, session_id: sessionId } = current;
  // The server's clock may be a little ahead of the browser's.
  const msSince = (time: string) => Math.max(1000, askedAtMs - Date.parse(time));
  switch (state) {
    case 'up':
      return (
        <State
          color="teal"
          icon={<IconCheck />}
          title={`${what} is up`}
          detail={`Last message ${formatDuration(msSince(lastMessageAt!))} ago, in session ${sessionId}`}
        />
      );
    case 'down':
      return (
        <State
          color="red"
          icon={<IconVolumeOff />}
          title={`${what} has been silent since ${formatTime(since!, filters.zone, 'minute')}`}
          detail={`For ${formatDurationInWords(msSince(since!))}; the last message was in session ${sessionId}`}
        />
      );
    case 'no_data':
      return (
        <State
          color="gray"
          icon={<IconMessageOff />}
          title="No messages yet"
          detail={`${what} of ${filters.org} never had any.`}
        />
      );
  }
}

function State({ color, icon, title, detail }: { color: string; icon: ReactNode; title: string; detail: string }) {
  return (
    <Paper component="section" aria-label="Now" withBorder p="md">
      <Group wrap="nowrap">
        <ThemeIcon color={color} size={40} radius="xl" variant="light">
          {icon}
        </ThemeIcon>
        <div>
          <Text fw={600} role="status">
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {detail}
          </Text>
        </div>
      </Group>
    </Paper>
  );
}
