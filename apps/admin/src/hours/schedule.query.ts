import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Problem } from '../api/problem.error';
import type { components } from '../api/schema';
import { useAccess } from '../availability/access';
import { hasSchedule } from '../availability/scheduled-hours';
import type { Filters } from '../filters/filters';
import { api } from '../session/session.client';
import type { Exclusion, Schedule } from './schedule';
import { withExclusion } from './with-exclusion';

export type ScheduleChange = components['schemas']['ScheduleChangeResponse'];

/** A schedule as it is stored. */
export interface StoredSchedule {
  schedule: Schedule;
  /** What a change must send with it, so that it does not overwrite somebody else's change. */
  entityTag: string;
}

/** A change that is to be stored. */
export interface SaveRequest {
  schedule: Schedule;
  /** Of the schedule that it replaces; undefined if there was none. */
  entityTag: string | undefined;
}

const PATH = '/backend/reports/{orgId}/schedule';
const WRITE_SCOPE = 'schedule:write';
/** Of adding to a schedule that others change at the same time. */
const ATTEMPTS = 5;
const CONFLICTS: (number | undefined)[] = [412, 428];

/** Fetches the schedule of an organization; null if it has none. It is not fetched again while somebody edits it. */
export function useSchedule(org: string) {
  return useQuery({ queryKey: ['stored-schedule', org], queryFn: () => fetchSchedule(org) });
}

async function fetchSchedule(org: string): Promise<StoredSchedule | null> {
  if (!(await hasSchedule(org))) return null;
  try {
    const { data, response } = await api.GET(PATH, { params: { path: { orgId: org } } });
    return { schedule: data!, entityTag: response.headers.get('ETag')! };
  } catch (error) {
    // Deleted in the meantime.
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/** Fetches the changes of a schedule, the last one first. */
export function useScheduleHistory(org: string) {
  return useQuery({ queryKey: ['schedule-history', org], queryFn: () => fetchHistory(org) });
}

async function fetchHistory(org: string): Promise<ScheduleChange[]> {
  return (await api.GET(`${PATH}/history`, { params: { path: { orgId: org } } })).data!.changes;
}

/** Whether the token may change schedules; false until the server has said so. */
export function useMayEdit(): boolean {
  return useAccess()?.scopes.includes(WRITE_SCOPE) ?? false;
}

/** What became of a change: it is stored, or somebody else has stored another one in the meantime. */
export type SaveOutcome =
  { saved: StoredSchedule } | { theirs: StoredSchedule | null; latest: ScheduleChange | undefined };

/** Stores schedules of an organization. Everything that the page shows is then fetched again. */
export function useSaveSchedule(org: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: SaveRequest) => saveUnlessChanged(org, request),
    onSuccess: (outcome) => {
      queryClient.setQueryData(['stored-schedule', org], 'saved' in outcome ? outcome.saved : outcome.theirs);
      void queryClient.invalidateQueries();
    },
  });
}

/**
 * Adds exclusions to the schedule that is stored at that moment. If somebody else changes it in between, the exclusion is added
 * to theirs.
 */
export function useExcludeOutage({ org, channel, zone }: Filters) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (exclusion: Exclusion) => {
      for (let attempt = 1; ; attempt++) {
        const stored = await fetchSchedule(org);
        const schedule = withExclusion(stored?.schedule, exclusion, channel, zone);
        try {
          return await saveSchedule(org, { schedule, entityTag: stored?.entityTag });
        } catch (error) {
          if (!isConflict(error) || attempt === ATTEMPTS) throw error;
        }
      }
    },
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

async function saveUnlessChanged(org: string, request: SaveRequest): Promise<SaveOutcome> {
  try {
    return { saved: await saveSchedule(org, request) };
  } catch (error) {
    if (!isConflict(error)) throw error;
    const [theirs, changes] = await Promise.all([fetchSchedule(org), fetchHistory(org)]);
    return { theirs, latest: changes[0] };
  }
}

/** Whether a schedule was not stored because somebody else had changed it. */
function isConflict(error: unknown): boolean {
  return error instanceof Problem && CONFLICTS.includes(error.status);
}

async function saveSchedule(org: string, { schedule, entityTag }: SaveRequest): Promise<StoredSchedule> {
  const { data, response } = await api.PUT(PATH, {
    params: { path: { orgId: org }, header: { 'If-Match': entityTag } },
    body: schedule,
  });
  return { schedule: data!, entityTag: response.headers.get('ETag')! };
}
