import { Alert, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconEye } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatAvailability } from '../availability/availability.format';
import { type Report, REPORT_PATH } from '../availability/report';
import type { Filters } from '../filters/filters';
import { api } from '../session/session.client';
import type { Period } from '../time/period';
import { resolvePeriod } from '../time/period-filter';
import { formatPeriod, formatTime } from '../time/time.format';
import { type DayDraft, isInterval, notationOfWeek } from './hours-draft';

interface Properties {
  filters: Filters;
  week: DayDraft[];
  timezone: string;
  isStored: boolean;
  /** Whether the week is all that the schedule consists of. */
  isWholeSchedule: boolean;
}

const TYPING_DELAY_MS = 400;

/** What the period of the page would have been with a week of hours, before they are saved. */
export function HoursPreview({ filters, week, timezone, isStored, isWholeSchedule }: Properties) {
  const { t } = useTranslation();
  const isComplete = week.flat().every(isInterval);
  const [hours] = useDebouncedValue(isComplete ? notationOfWeek(week) : undefined, TYPING_DELAY_MS);
  const edited = useReport(filters, hours, timezone);
  const stored = useReport(filters, isStored ? 'scheduled' : '', timezone);
  const sentence = () => {
    if (!isComplete) return t('hours.previewInvalid');
    if (edited.isError) return t('hours.previewFailed');
    if (!edited.data) return '…';
    const { report, period } = edited.data;
    const availability = observedAvailability(report);
    const name = nameOf(filters, period);
    if (availability === undefined) return t('hours.previewNone', { period: name });
    const outages = t('hours.outages', { count: report.summary.outages });
    return t('hours.previewText', { period: name, availability, outages });
  };
  const now = stored.data && observedAvailability(stored.data.report);
  return (
    <Alert color="gray" icon={<IconEye />} title={t('hours.preview')} aria-busy={edited.isFetching}>
      <Text size="sm" role="status" data-preview>
        {sentence()}
      </Text>
      {now && (
        <Text size="sm">{t(isStored ? 'hours.previewStored' : 'hours.previewAllTime', { availability: now })}</Text>
      )}
      {!isWholeSchedule && (
        <Text size="xs" c="dimmed">
          {t('hours.previewWeekOnly')}
        </Text>
      )}
    </Alert>
  );
}

/** Asks for the report of the page's period with hours; an empty text counts all time, and undefined asks nothing. */
function useReport(filters: Filters, hours: string | undefined, timezone: string) {
  const { org, channel, edges, period, from, to, zone } = filters;
  return useQuery({
    queryKey: ['hours-preview', { org, channel, edges, period, from, to, zone, hours, timezone }],
    enabled: hours !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const resolved = resolvePeriod(filters, Date.now());
      if (resolved === undefined) return null;
      const [startDate, endDate] = [resolved.period.startMs, resolved.period.endMs].map((ms) =>
        new Date(ms).toISOString(),
      ) as [string, string];
      const query = { startDate, endDate, edges, hours: hours || undefined, timezone, channel: channel ?? undefined };
      const params = { path: { orgId: org }, query: { ...query, include: 'summary', limit: 1 } as const };
      const { data } = await api.GET(REPORT_PATH, { params, signal });
      return { report: data as Report, period: resolved.period };
    },
  });
}

function observedAvailability({ summary, total_down_time }: Report): string | undefined {
  const { observed_time } = summary;
  return observed_time > 0 ? formatAvailability({ total_time: observed_time, total_down_time }) : undefined;
}

function nameOf(filters: Filters, period: Period): string {
  return filters.period.endsWith('month')
    ? formatTime(period.startMs, filters.zone, 'month')
    : formatPeriod(period, filters);
}
