import type { DataSource } from 'typeorm';

/** A statement as TypeORM sends it. */
export interface Statement {
  query: string;
  parameters: unknown[];
}

/** https://www.postgresql.org/docs/current/using-explain.html; the actual numbers are there after `analyze` only. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Loops': number;
  'Actual Rows': number;
  Filter?: string;
  Plans?: PlanNode[];
}

/** Every statement that `work` sends to a data source. */
export async function statementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  dataSource.subscribers.push({
    beforeQuery: ({ query, parameters = [] }) => void statements.push({ query, parameters: parameters as unknown[] }),
  });
  await work();
  dataSource.subscribers.pop();
  return statements;
}

/**
 * How PostgreSQL plans a statement. With `analyze`, it also runs it and shows what a recursive part does for each row.
 */
export async function explain(
  dataSource: DataSource,
  { query, parameters }: Statement,
  mode: 'analyze' | 'plan' = 'analyze',
): Promise<PlanNode> {
  const options = mode === 'analyze' ? 'analyze, format json' : 'format json';
  const [{ 'QUERY PLAN': plans }] = await dataSource.query<[{ 'QUERY PLAN': [{ Plan: PlanNode }] }]>(
    `explain (${options}) ${query}`,
    parameters,
  );
  return plans[0].Plan;
}

/** A node of a plan and all below it. */
export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
