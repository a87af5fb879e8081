import { filterSql } from './filter.sql';
import { MessageTableError } from './message-table.error';

describe('a filter as SQL', () => {
  it('is nothing without a filter', () => {
    expect(filterSql(undefined).toStatement()).toEqual({ text: '', values: [] });
  });

  it('binds values and arrays in place of its named parameters, each once', () => {
    const filter = { where: 'kind in (:...kinds) and (a = :a or b = :a)', parameters: { kinds: [0, 1], a: 'x' } };
    expect(filterSql(filter).toStatement()).toEqual({
      text: ' and (kind in ($1, $2) and (a = $3 or b = $3)\n)',
      values: [0, 1, 'x'],
    });
  });

  it('leaves quoted text, quoted names and casts as they are', () => {
    const where = `a::text = ':a' and ":b" = 'it''s :c'`;
    expect(filterSql({ where }).toStatement()).toEqual({ text: ` and (${where}\n)`, values: [] });
  });

  it('ends a comment before the parenthesis', () => {
    expect(filterSql({ where: 'true -- always' }).toStatement().text).toBe(' and (true -- always\n)');
  });

  it('rejects a parameter without a value, and an empty array', () => {
    expect(() => filterSql({ where: 'a = :a' })).toThrow(MessageTableError);
    expect(() => filterSql({ where: 'a in (:...a)', parameters: { a: [] } })).toThrow('needs a non-empty array');
  });
});
