import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Environment } from '../src/environment';
import { TestDatabase } from './support/database';
import { PROJECT } from './support/run';

const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(PROJECT, 'docs'), { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document);

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
});

describe('the table that the README shows', () => {
  it('is the one that the migrations make', async () => {
    const shown = /^```sql\n([\s\S]*?)^```$/m.exec(read('README.md'))![1]!;
    const [ours, theirs] = [await TestDatabase.create(), await TestDatabase.create()];
    await theirs.dataSource.query(`drop table messages; ${shown}`);
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

describe('the settings table of the README', () => {
  const table = read('README.md').split('## Settings')[1]!.split('\n## ')[0]!;
  const rows = [...table.matchAll(/^\| `(\w+)` +\| (\S+)/gm)].map(([, name, value]) => ({
    name: name!,
    value: value!,
  }));

  it('has exactly the settings that there are, with their defaults', () => {
    const defaults = Object.entries(new Environment()).map(([name, value]) => ({
      name,
      value: value === undefined ? '–' : `\`${String(value)}\``,
    }));
    const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);
    expect(rows.sort(byName)).toEqual(defaults.sort(byName));
  });
});
