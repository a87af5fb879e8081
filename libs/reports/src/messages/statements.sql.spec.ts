import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'sql-formatter';
import { STATEMENTS } from './statements.example';

const FOLDER = join(__dirname, 'statements');

/** The text without comments, in the layout of the committed files. */
const layOut = (sql: string) => format(sql.replace(/^--.*\n/gm, ''), { language: 'postgresql', expressionWidth: 100 });

describe('the committed statements', () => {
  it.each(Object.keys(STATEMENTS))('%s.sql is what PostgreSQL receives (npm run generate writes it)', (name) => {
    const { text, values } = STATEMENTS[name]!.toStatement();
    const committed = readFileSync(join(FOLDER, `${name}.sql`), 'utf8');
    expect(layOut(committed)).toBe(layOut(text));
    for (const [index, value] of values.entries())
      expect(committed).toContain(`-- $${index + 1} = ${JSON.stringify(value)}\n`);
  });

  it('are all of them', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(
      Object.keys(STATEMENTS)
        .map((name) => `${name}.sql`)
        .sort(),
    );
  });
});
