/** Writes a name so that SQL takes it for exactly that name, whatever characters it has (PostgreSQL's `quote_ident`). */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
