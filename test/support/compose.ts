import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PROJECT } from './run';

/** What the tests read of a service in `compose.yaml`. */
export interface ComposeService {
  build?: string;
  image: string;
  environment: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  ports?: string[];
  stop_grace_period: string;
}

export const COMPOSE = readFileSync(join(PROJECT, 'compose.yaml'), 'utf8');

/**
 * The services of `compose.yaml` once Compose has filled in variables.
 *
 * @throws Error naming a variable that has to be set
 */
export function composeServices(variables: Record<string, string>): Record<'database' | 'reports', ComposeService> {
  const { services } = parse(COMPOSE, (_key, value: unknown) =>
    typeof value === 'string' ? fillIn(value, variables) : value,
  ) as { services: Record<'database' | 'reports', ComposeService> };
  return services;
}

/** https://docs.docker.com/reference/compose-file/interpolation/ */
function fillIn(text: string, variables: Record<string, string>): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, operator?: string, rest?: string) => {
    if (variables[name]) return variables[name];
    if (operator === '?') throw new Error(`${name} ${rest}`);
    return rest ?? '';
  });
}
