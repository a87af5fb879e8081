import { rollupSealer } from '@chat-reports/nestjs';
import { isTransientDatabaseError, type RollupSettings } from '@chat-reports/nestjs/internal';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source';
import { casesOf } from '../support/cases';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { Random } from '../support/random';
import { PAST_MS, type Race, writeMessages } from '../support/rollup-writers';
import { type Comparison, RollupReader, THRESHOLD_MS } from '../support/rollup-reader';
import { createRollups } from '../support/rollups';

const SEED = jest.getSeed();
const READS = casesOf(10_000, 200);
/**
 * A control stops at the first wrong number, and has failed if there is none in this many reads. One in some thousand
 * is wrong.
 */
const CONTROL_READS = 50_000;
const TIMEOUT_MS = 1_200_000;
const [WRITERS, SEALERS, READERS] = [6, 2, 2];

/** A day is a second long, so that one ends while its messages are written. */
const SETTINGS: RollupSettings = { dayMs: 1_000, latenessMs: 300, marginMs: 100 };

/** A part of the protocol that is left out, which must lead to wrong numbers. */
interface Control {
  name: string;
  /** Run once, after the rollups have been created. */
  prepare?: string;
  /** Run again and again. */
  repeat?: string;
}

const WITHOUT_WAITING = `
  create function without_waiting() returns trigger language plpgsql as $$
  begin
    if new.pending_xid is not null then new.pending_xid := '1'; end if;
    return new;
  end $$;
  create trigger without_waiting before update on messages_rollup_state for each row execute function without_waiting()`;

const CLOCK_OF_THE_TRANSACTION = `
  do $$
  declare
    definition text := pg_get_triggerdef((select oid from pg_trigger where tgname = 'chat_rollup_insert'));
  begin
    drop trigger chat_rollup_insert on messages;
    execute replace(definition, 'clock_timestamp()', 'now()');
    alter table messages enable always trigger chat_rollup_insert;
    execute replace(pg_get_functiondef('messages_rollup_mark'::regproc), 'clock_timestamp()', 'now()');
  end $$`;

const NO_MARK_ON_DELETE = `
  create function no_mark() returns trigger language plpgsql as $$ begin return null; end $$;
  drop trigger chat_rollup_delete on messages;
  create trigger chat_rollup_delete after delete on messages for each row execute function no_mark();
  alter table messages enable always trigger chat_rollup_delete`;

const NO_MARK_OF_IMPORTS = `
  do $$
  begin
    execute replace(pg_get_functiondef('messages_rollup_mark'::regproc), 'marked text;
begin', 'marked text;
begin
  if tg_table_name = ''staged_days'' then return null; end if;');
  end $$`;

const CONTROLS: Control[] = [
  { name: 'the wait for transactions that may have written', prepare: WITHOUT_WAITING },
  { name: 'a clock that goes on within a transaction', prepare: CLOCK_OF_THE_TRANSACTION },
  { name: 'the mark for a deletion', prepare: NO_MARK_ON_DELETE },
  { name: 'the marks of an import', prepare: NO_MARK_OF_IMPORTS },
  { name: 'the rule that only visible marks are deleted', repeat: 'delete from messages_rollup_marks' },
];

describe('reports with rollups while others write, store days and are killed', () => {
  it(
    'are those of a window function over the same snapshot',
    async () => {
      const { withStoredDays, wrong } = await race(READS);
      expect(wrong).toEqual([]);
      expect(withStoredDays).toBeGreaterThanOrEqual(READS);
    },
    TIMEOUT_MS,
  );

  if (!globalThis.isLongRun) return;
  it.each(CONTROLS)(
    'are wrong without $name',
    async (control) => {
      const { wrong } = await race(CONTROL_READS, control);
      expect(wrong.length).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});

interface Outcome {
  reads: number;
  /** The number of reads that used at least one stored day. */
  withStoredDays: number;
  wrong: Comparison[];
}

/** Reads until enough reads have used stored days, however slowly days are stored, or until one is wrong. */
async function race(reads: number, control?: Control): Promise<Outcome> {
  const database = await TestDatabase.create();
  const race: Race = { isOver: false };
  const outcome: Outcome = { reads: 0, withStoredDays: 0, wrong: [] };
  try {
    await createRollups(database.dataSource, {}, SETTINGS);
    if (control?.prepare) await database.dataSource.query(control.prepare);
    const others = [
      ...Array.from({ length: WRITERS }, (_, index) =>
        writeMessages(database.url, new Random(SEED + index), race, SETTINGS.dayMs),
      ),
      ...Array.from({ length: SEALERS }, () => sealDays(database.url, race)),
      kill(database.dataSource, race),
      sabotage(database.dataSource, race, control?.repeat),
    ];
    await untilStored(database.dataSource);
    const isDone = () => outcome.withStoredDays >= reads || outcome.wrong.length > 0;
    const readers = Array.from({ length: READERS }, (_, index) =>
      read(database.url, new Random(SEED - 1 - index), outcome, isDone),
    );
    try {
      // If a writer or sealer fails, its error is the one that explains the failure.
      await Promise.race([Promise.all(readers), Promise.all(others)]);
    } finally {
      race.isOver = true;
      await Promise.all([...others, ...readers]);
    }
  } finally {
    await database.drop();
  }
  console.log(
    `${control?.name ?? 'whole'}: ${outcome.reads} reads, ${outcome.withStoredDays} with stored days, ${outcome.wrong.length} wrong`,
  );
  return outcome;
}

async function read(url: string, random: Random, outcome: Outcome, isDone: () => boolean): Promise<void> {
  const reader = await RollupReader.open(url);
  try {
    while (!isDone()) {
      await reader.begin();
      for (let count = 0; count < 5; count++) {
        const comparison = await reader.compare(random, PAST_MS);
        outcome.reads++;
        if (comparison.usesStoredDays) outcome.withStoredDays++;
        if (comparison.found !== comparison.expected) outcome.wrong.push(comparison);
      }
      await reader.end();
    }
  } finally {
    await reader.close();
  }
}

/** Stores days until the race is over, and continues on a new connection whenever the old one has been killed. */
async function sealDays(url: string, race: Race): Promise<void> {
  const options = { ...dataSourceOptions(url, { poolSize: 1 }), applicationName: 'sealer' };
  const dataSource = await new DataSource(options).initialize();
  const sealer = rollupSealer(dataSource, {}, THRESHOLD_MS, { marginMs: SETTINGS.marginMs });
  while (!race.isOver) {
    await sealer.sealPending().catch((error: unknown) => {
      if (!isTransientDatabaseError(error)) throw error;
    });
    await sleep(20);
  }
  await dataSource.destroy();
}

async function kill(dataSource: DataSource, race: Race): Promise<void> {
  while (!race.isOver) {
    await sleep(2_000);
    await dataSource.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'sealer' and datname = current_database() and state <> 'idle' limit 1`,
    );
  }
}

/** Waits until there are stored days for readers to use. */
async function untilStored(dataSource: DataSource): Promise<void> {
  await eventually(async () => {
    const [row] = await dataSource.query<[{ days: number }]>(
      'select count(*)::float8 as days from messages_rollup_days where first_ms is not null',
    );
    expect(row.days).toBeGreaterThan(5);
  });
}

async function sabotage(dataSource: DataSource, race: Race, statement: string | undefined): Promise<void> {
  while (statement !== undefined && !race.isOver) {
    await dataSource.query(statement);
    await sleep(50);
  }
}
