import { REPORTS_SCOPE } from '@chat-reports/nestjs';
import { readEnvironment } from '../environment';
import { issueToken } from '../tokens/issue-token';
import { readBearerOptions } from '../tokens/bearer-options';
import { defineCommand, parseDuration, parseOrganization, runCommand } from './command';

interface Options {
  org: string[];
  scope: string;
  expires: string;
}

runCommand(
  defineCommand('token', 'Prints a bearer token, signed with JWT_SECRET or the secret of the demo.')
    .requiredOption(
      '--org <id...>',
      'the organizations whose reports the token may read',
      (text: string, others: string[] = []) => [...others, parseOrganization(text)],
    )
    .option('--scope <scopes>', 'what the token allows, separated by spaces', REPORTS_SCOPE)
    .option('--expires <duration>', 'how long it is valid: 30m, 1h, 7d', parseDuration, '1h')
    .action(async ({ org: organizationIds, scope, expires: expiresIn }: Options) => {
      const auth = await readBearerOptions(readEnvironment());
      console.log(issueToken(auth, { organizationIds, scope, expiresIn }));
    }),
);
