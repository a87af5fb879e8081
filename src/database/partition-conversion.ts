/** Makes a partitioned table of the messages table. */

import type { DataSource, EntityManager } from 'typeorm';
import { distributeAs, isDistributed } from './citus';
import { createTriggers, dropTriggers, IS_ROLLUP_TRIGGER, keepStoredDays, pauseSealing } from './partition-rollups';

/** Whether the messages table is partitioned already. */
export async function isPartitioned(dataSource: DataSource): Promise<boolean> {
  const [{ partitioned }] = await dataSource.query<[{ partitioned: boolean }]>(
    `select relkind = 'p' as partitioned from pg_class where oid = 'messages'::regclass`,
  );
  return partitioned;
}

/**
 * Checks that the partitioned table would have everything that the table has now. What depends on the table would depend on
 * its default partition afterwards, and see and protect fewer and fewer messages.
 *
 * @throws Error naming what would be lost
 */
export async function checkConvertible(dataSource: DataSource): Promise<void> {
  const obstacles = await dataSource.query<{ name: string }[]>(OBSTACLES);
  if (obstacles.length === 0) return;
  const names = obstacles.map(({ name }) => name).join(', ');
  throw new Error(
    `The messages table has objects that partitioning would not keep: ${names}. Drop them, run this again, and create them on the partitioned table`,
  );
}

/**
 * Makes the existing table the default partition of a new one. No rows are copied, and its indexes stay in use. The new one
 * has the same owner, privileges, defaults, check constraints and comments, and the triggers of rollups.
 */
export async function convert(manager: EntityManager): Promise<void> {
  await pauseSealing(manager);
  const triggers = await dropTriggers(manager);
  await manager.query('alter table messages rename to messages_default');
  await manager.query('alter index messages_pkey rename to messages_default_pkey');
  await manager.query('alter index messages_by_channel rename to messages_default_by_channel');
  await manager.query(`
    create table messages (
      like messages_default including all excluding indexes,
      constraint messages_pkey primary key (organization_id, created_at, id)
    ) partition by range (created_at)`);
  await manager.query(`
    create index messages_by_channel on messages (organization_id, channel, created_at, id)`);
  for (const statements of [OWNER, PRIVILEGES, COMMENT]) {
    for (const { statement } of await manager.query<{ statement: string }[]>(statements)) {
      await manager.query(statement);
    }
  }
  // Citus attaches a distributed table to a distributed one only.
  if (await isDistributed(manager, 'messages_default')) await distributeAs(manager, 'messages_default', 'messages');
  await manager.query('alter table messages attach partition messages_default default');
  await createTriggers(manager, triggers);
  await keepStoredDays(manager, 'messages_default');
}

const OWNER = `
  select format('alter table messages owner to %s', relowner::regrole) as statement
  from pg_class where oid = 'messages_default'::regclass`;

/** Default privileges may have given the new table others than the existing one has. */
const PRIVILEGES = `
  with new as (
    select distinct grantee from pg_class, aclexplode(relacl) where oid = 'messages'::regclass
  ),
  old as (
    select '' as part, acl.*
    from pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner))) acl
    where oid = 'messages_default'::regclass
    union all
    select format(' (%I)', attname), acl.*
    from pg_attribute, aclexplode(attacl) acl
    where attrelid = 'messages_default'::regclass and not attisdropped
  )
  select format('revoke all on messages from %s', ${roleOf('grantee')}) as statement from new
  union all
  select format('grant %s%s on messages to %s%s', privilege_type, part, ${roleOf('grantee')},
    case when is_grantable then ' with grant option' end)
  from old`;

function roleOf(grantee: string): string {
  return `case ${grantee} when 0 then 'public' else ${grantee}::regrole::text end`;
}

const COMMENT = `
  select format('comment on table messages is %L', description) as statement
  from pg_description
  where objoid = 'messages_default'::regclass and classoid = 'pg_class'::regclass and objsubid = 0`;

/**
 * Whatever depends on the table or its row type, except for what the conversion copies or keeps: defaults, sequences,
 * triggers of rollups, check constraints, statistics, the primary key and other indexes that are not unique.
 */
const OBSTACLES = `
  with messages as (
    select c.*, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = 'messages'::regclass
  ),
  dependent as (
    select distinct d.classid, d.objid
    from pg_depend d, messages m
    where d.deptype in ('n', 'a') and d.objid <> m.oid
      and (d.refclassid, d.refobjid) in (('pg_class'::regclass, m.oid), ('pg_type'::regclass, m.reltype))
  )
  select coalesce(pg_describe_object('pg_class'::regclass, v.ev_class, 0), pg_describe_object(d.classid, d.objid, 0)) as name
  from dependent d
  left join pg_rewrite v on d.classid = 'pg_rewrite'::regclass and v.oid = d.objid and v.rulename = '_RETURN'
  where case d.classid
    when 'pg_attrdef'::regclass then false
    when 'pg_statistic_ext'::regclass then false
    when 'pg_publication_rel'::regclass then false
    when 'pg_trigger'::regclass then (select not tgisinternal and not (${IS_ROLLUP_TRIGGER}) from pg_trigger where oid = d.objid)
    when 'pg_constraint'::regclass then (select contype in ('f', 'u', 'x') from pg_constraint where oid = d.objid)
    when 'pg_class'::regclass then coalesce(
      (select indisunique and not exists (select from pg_constraint where conindid = indexrelid)
       from pg_index where indexrelid = d.objid),
      (select relkind <> 'S' from pg_class where oid = d.objid))
    else true
  end
  union all
  select 'row security' from messages where relrowsecurity or relforcerowsecurity
  union all
  select format('publication %I', pubname)
  from pg_publication_tables p, messages m where p.schemaname = m.nspname and p.tablename = m.relname
  union all
  select format('inheritance from table %s', inhparent::regclass) from pg_inherits, messages m where inhrelid = m.oid
  union all
  select format(case attidentity when '' then 'generated column %I' else 'identity column %I' end, attname)
  from pg_attribute, messages m
  where attrelid = m.oid and not attisdropped and (attidentity <> '' or attgenerated <> '')
  order by 1`;
