import { join, Parameter, quoteIdentifier, raw, sql } from './sql.fragment';

describe('an SQL fragment', () => {
  it('numbers its parameters in the order in which they occur', () => {
    const statement = sql`select ${new Parameter('a')} where ${new Parameter(1)} > 0`.toStatement();
    expect(statement).toEqual({ text: 'select $1 where $2 > 0', values: ['a', 1] });
  });

  it('binds a parameter that occurs several times once, also across nested fragments', () => {
    const organization = new Parameter('acme');
    const condition = sql`organization_id = ${organization}`;
    const other = new Parameter('acme');
    expect(sql`${condition} or (${condition} and x = ${other} and y = ${organization})`.toStatement()).toEqual({
      text: 'organization_id = $1 or (organization_id = $1 and x = $2 and y = $1)',
      values: ['acme', 'acme'],
    });
  });

  it('can be turned into a statement again and again', () => {
    const inner = sql`a = ${new Parameter(1)}`;
    expect(sql`b = ${new Parameter(2)} and ${inner}`.toStatement().text).toBe('b = $1 and a = $2');
    expect(inner.toStatement()).toEqual({ text: 'a = $1', values: [1] });
  });

  it('joins parts with a separator', () => {
    expect(join([new Parameter(1), raw('now()'), new Parameter(2)], ', ').toStatement()).toEqual({
      text: '$1, now(), $2',
      values: [1, 2],
    });
    expect(join([]).toStatement()).toEqual({ text: '', values: [] });
  });

  it('quotes identifiers', () => {
    expect(quoteIdentifier('say "hi"')).toBe('"say ""hi"""');
  });
});
