import { InvalidArgumentError, Option } from 'commander';

/** Names one organization. */
export function organizationOption(description: string): Option {
  return new Option('--org, --organization <id>', description).argParser(parseOrganization);
}

/** Names one or more organizations, and may be given again for others. */
export function organizationsOption(description: string): Option {
  return new Option('--org, --organization <id...>', description).argParser((text: string, previous: string[] = []) => [
    ...previous,
    parseOrganization(text),
  ]);
}

function parseOrganization(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}
