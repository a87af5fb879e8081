import { Alert, Button, Group, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Filters, useFilters } from '../filters/filters';
import { usePageView } from '../filters/page-view';
import { PageFrame } from '../layout/page-frame';
import type { Session } from '../session/session';
import { SaveBar } from './save-bar';
import { draftOf, type ScheduleDraft, type TimetableDraft, usualTimetable } from './schedule-draft';
import { type ScheduleEditor, useScheduleEditor } from './schedule-editor';
import { ScheduleHistory } from './schedule-history';
import { type StoredSchedule, useMayEdit, useSchedule } from './schedule.query';
import { ScopeSelect } from './scope-select';
import { TimetableEditor } from './timetable-editor';

/** The opening hours of an organization and its channels, to read or, for those who may, to edit. */
export function HoursPage({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [query] = useFilters();
  const [, setView] = usePageView();
  const filters = { ...query, org: query.org || session.organizationIds[0]! };
  const { org } = filters;
  return (
    <PageFrame title={`${t('hours.title')}: ${org}`} back={{ label: t('hours.back'), go: () => setView(null) }}>
      {session.organizationIds.includes(org) ? (
        <Hours key={org} filters={filters} />
      ) : (
        <Alert color="red" title={t('hours.foreign', { org })} />
      )}
    </PageFrame>
  );
}

function Hours({ filters }: { filters: Filters }) {
  const { t } = useTranslation();
  const { data: stored, error, isFetching, refetch } = useSchedule(filters.org);
  if (stored !== undefined) return <StoredHours stored={stored} filters={filters} />;
  if (error === null)
    return (
      <Stack aria-busy>
        <VisuallyHidden role="status">{t('hours.loading')}</VisuallyHidden>
        <Skeleton h={60} />
        <Skeleton h={320} />
      </Stack>
    );
  return (
    <Alert color="red" icon={<IconAlertTriangle />} role="alert" title={error.message}>
      <Button variant="default" size="xs" loading={isFetching} onClick={() => void refetch()}>
        {t('hours.retry')}
      </Button>
    </Alert>
  );
}

function StoredHours({ stored, filters }: { stored: StoredSchedule | null; filters: Filters }) {
  const { t } = useTranslation();
  const { org, zone } = filters;
  const mayEdit = useMayEdit();
  const editor = useScheduleEditor(org, stored);
  const { draft, setDraft } = editor;
  return (
    <>
      <Text>{draft === null ? t('hours.none', { org }) : t('hours.intro')}</Text>
      {!mayEdit && (
        <Text size="sm" c="dimmed">
          {t('hours.readOnly')}
        </Text>
      )}
      {draft === null && mayEdit && (
        <Button style={{ alignSelf: 'start' }} onClick={() => setDraft({ ...usualTimetable(zone), channels: {} })}>
          {t('hours.set')}
        </Button>
      )}
      {draft !== null && <ScopedHours draft={draft} editor={editor} filters={filters} isReadOnly={!mayEdit} />}
      <SaveBar editor={editor} zone={zone} />
      <ScheduleHistory org={org} zone={zone} edit={mayEdit ? (schedule) => setDraft(draftOf(schedule)) : undefined} />
    </>
  );
}

interface ScopedProperties {
  draft: ScheduleDraft;
  editor: ScheduleEditor;
  filters: Filters;
  isReadOnly: boolean;
}

function ScopedHours({ draft, editor, filters, isReadOnly }: ScopedProperties) {
  const [channel, setChannel] = useState(filters.channel);
  const { channels, ...organization } = draft;
  const own = channel === null ? organization : Object.hasOwn(channels, channel) ? channels[channel] : undefined;
  const change = (timetable: TimetableDraft) =>
    editor.setDraft(
      channel === null ? { ...timetable, channels } : { ...draft, channels: { ...channels, [channel]: timetable } },
    );
  const drop = () => {
    const others = Object.entries(channels).filter(([name]) => name !== channel);
    editor.setDraft({ ...draft, channels: Object.fromEntries(others) });
  };
  return (
    <>
      <ScopeSelect org={filters.org} ownHours={Object.keys(channels)} channel={channel} onChange={setChannel} />
      {channel !== null && (
        <OwnHours
          channel={channel}
          hasOwn={own !== undefined}
          give={() => change(structuredClone(organization))}
          drop={drop}
          isReadOnly={isReadOnly}
        />
      )}
      {own && (
        <TimetableEditor
          key={channel}
          filters={filters}
          channel={channel}
          isStored={editor.isStored}
          timetable={own}
          onChange={change}
          isReadOnly={isReadOnly}
        />
      )}
    </>
  );
}

interface OwnHoursProperties {
  channel: string;
  hasOwn: boolean;
  give: () => void;
  drop: () => void;
  isReadOnly: boolean;
}

/** Says whether a channel has hours of its own, and changes that. */
function OwnHours({ channel, hasOwn, give, drop, isReadOnly }: OwnHoursProperties) {
  const { t } = useTranslation();
  return (
    <Group gap="sm">
      {!hasOwn && <Text size="sm">{t('hours.channelShares', { channel })}</Text>}
      {!isReadOnly && (
        <Button variant="default" size="xs" onClick={hasOwn ? drop : give}>
          {t(hasOwn ? 'hours.dropOwnHours' : 'hours.giveOwnHours')}
        </Button>
      )}
    </Group>
  );
}
