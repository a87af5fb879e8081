import { REPORTS_SCOPE } from '@chat-reports/nestjs';
import { readEnvironment } from '../environment';
import { isDuration, issueToken } from '../tokens/issue-token';
import { readBearerOptions } from '../tokens/bearer-options';
import { defineCommand, parseOption, parseOrganization, runCommand } from './command';

interface Options {
  org: string[];
  scope: string;
  expires: string;
}

const duration = parseOption(
  (text) => (isDuration(text) ? text : undefined),
  () => 'must be a number and a unit: 30m, 1h, 7d',
);

runCommand(
  defineCommand('token', 'Prints a bearer token, signed with JWT_SECRET or the secret of the demo.')
    .requiredOption(
      '--org <id...>',
      'the organizations whose reports the token may read',
      (text: string, others: string[] = []) => [...others, parseOrganization(text)],
    )
    .option('--scope <scopes>', 'what the token allows, separated by spaces', REPORTS_SCOPE)
    .option('--expires <duration>', 'how long it is valid: 30m, 1h, 7d', duration, '1h')
    .action(async ({ org: organizationIds, scope, expires: expiresIn }: Options) => {
      const auth = await readBearerOptions(readEnvironment());
      console.log(issueToken(auth, { organizationIds, scope, expiresIn }));
    }),
);
