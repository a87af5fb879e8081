import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Environment } from '../../src/config/environment';
import { TestDatabase } from '../support/database';
import { DOCUMENTS, readDocument } from '../support/guide';
import { PROJECT } from '../support/run';

const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readDocument(document);

  it('names only npm scripts that exist', () => {
    const named = [...text.matchAll(/npm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map(
      ([, script, short]) => script ?? short!,
    );
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('names only files that exist', () => {
    const paths = [...text.matchAll(/`((?:libs|src|test|bench|docs)(?:\/[\w.-]+)*)`/g)].map(([, path]) => path!);
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path!);
    const missing = [
      ...paths.filter((path) => !existsSync(join(PROJECT, path))),
      ...links.filter((path) => !existsSync(join(PROJECT, dirname(document), path))),
    ];
    expect(missing).toEqual([]);
  });

  it('links only to sections that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)];
    const missing = links.filter(([, path, section]) => {
      const target = path ? join(dirname(document), path) : document;
      return target.endsWith('.md') && !sectionsOf(target).includes(section!);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });
});

/** The sections of a document, as GitHub names them in links. */
function sectionsOf(document: string): string[] {
  return [...readDocument(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the table that the page about messages tables shows', () => {
  it('is the one that the migrations create', async () => {
    const shown = /^```sql\n([\s\S]*?)^```$/m.exec(readDocument('docs/messages-table.md'))![1]!;
    const [ours, theirs] = [await TestDatabase.create(), await TestDatabase.create()];
    await theirs.dataSource.query(`drop table messages; ${shown}`);
    // Only this backend's import writes this column, and no report reads it.
    await theirs.dataSource.query('alter table messages add column import_id integer');
    expect(await describeMessages(theirs)).toEqual(await describeMessages(ours));
    await ours.drop();
    await theirs.drop();
  });

  function describeMessages(database: TestDatabase): Promise<unknown> {
    return database.dataSource.query(`
      select array(select (attname, format_type(atttypid, atttypmod), attnotnull)::text from pg_attribute
                   where attrelid = 'messages'::regclass and attnum > 0 order by attnum) as columns,
             array(select indexdef from pg_indexes where tablename = 'messages' order by indexdef) as indexes`);
  }
});

describe('the settings table', () => {
  const rows = [...readDocument('docs/settings.md').matchAll(/^\| `(\w+)` +\| (\S+)/gm)].map(([, name, value]) => ({
    name: name!,
    value: value!,
  }));

  it('has exactly the settings that exist, with their defaults', () => {
    const defaults = Object.entries(new Environment()).map(([name, value]) => ({
      name,
      value: value === undefined ? '–' : `\`${String(value)}\``,
    }));
    const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);
    expect(rows.sort(byName)).toEqual(defaults.sort(byName));
  });
});
