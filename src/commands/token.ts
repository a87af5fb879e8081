import { DEFAULT_SCOPE } from '../auth/default-scope';
import { defineCommand, parseDuration, runCommand } from './command';
import { organizationsOption } from './organization.options';

interface Options {
  organization: string[];
  scope: string;
  expires: string;
}

runCommand(
  defineCommand('token', 'Prints a bearer token, signed with JWT_SECRET or, in the demo, with the generated secret.')
    .addOption(organizationsOption('organizations whose reports the token may read').makeOptionMandatory())
    .option('--scope <scopes>', 'scopes of the token, separated by spaces', DEFAULT_SCOPE)
    .option('--expires <duration>', 'validity, such as 30m, 1h or 7d', parseDuration, '1h')
    .action(async ({ organization: organizationIds, scope, expires: expiresIn }: Options) => {
      const { readBearerOptions } = await import('../auth/bearer-options.js');
      const { issueToken } = await import('../auth/issue-token.js');
      const { readEnvironment } = await import('../config/environment.js');
      const auth = await readBearerOptions(readEnvironment());
      console.log(issueToken(auth, { organizationIds, scope, expiresIn }));
    }),
);
