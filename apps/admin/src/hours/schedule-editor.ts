import { useEffect, useState } from 'react';
import { isSame, mergeChanges, type SchedulePart } from './merge-changes';
import { draftOf, problemsOf, type ScheduleDraft, scheduleOf } from './schedule-draft';
import { type SaveOutcome, type ScheduleChange, type StoredSchedule, useSaveSchedule } from './schedule.query';

/** What somebody else did while the reader was editing. */
export interface Conflict {
  /** Their change; undefined if it is not known. */
  latest: ScheduleChange | undefined;
  /** What both changed. */
  parts: SchedulePart[];
}

/**
 * Edits a schedule: nothing is stored until `save`, and nothing that was edited is lost when somebody else stores another
 * one. Their changes are then added to the reader's, who saves again.
 *
 * @param stored the schedule as it is stored; null if there is none
 */
export function useScheduleEditor(org: string, stored: StoredSchedule | null) {
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState(() => draftOfStored(stored));
  const [conflict, setConflict] = useState<Conflict>();
  const saving = useSaveSchedule(org);
  const isChanged = !isSame(draft, draftOfStored(base));
  const adopt = (next: StoredSchedule | null) => {
    setBase(next);
    setDraft(draftOfStored(next));
    setConflict(undefined);
  };
  // What somebody else has stored is shown at once, unless it would replace what is being edited.
  if (!isChanged && stored?.entityTag !== base?.entityTag) adopt(stored);
  useUnloadWarning(isChanged);

  const settle = (outcome: SaveOutcome) => {
    if ('saved' in outcome) return adopt(outcome.saved);
    const { theirs, latest } = outcome;
    const merged = base && theirs && mergeChanges(normalized(base), scheduleOf(draft!), normalized(theirs));
    if (merged) setDraft(draftOf(merged.schedule));
    setBase(theirs);
    setConflict({ latest, parts: merged?.conflicts ?? [] });
  };
  return {
    draft,
    setDraft: (next: ScheduleDraft) => {
      saving.reset();
      setDraft(next);
    },
    isStored: base !== null,
    isChanged,
    problems: draft ? problemsOf(draft) : [],
    conflict,
    saving,
    save: () => saving.mutate({ schedule: scheduleOf(draft!), entityTag: base?.entityTag }, { onSuccess: settle }),
    discard: () => adopt(stored),
  };
}

export type ScheduleEditor = ReturnType<typeof useScheduleEditor>;

function draftOfStored(stored: StoredSchedule | null): ScheduleDraft | null {
  return stored && draftOf(stored.schedule);
}

/** Writes a schedule as a draft of it would be written, so that the two can be compared. */
function normalized({ schedule }: StoredSchedule) {
  return scheduleOf(draftOf(schedule));
}

function useUnloadWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isNeeded]);
}
