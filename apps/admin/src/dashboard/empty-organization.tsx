import { ActionIcon, Code, CopyButton, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Says how to fill an organization that has never had a message, and what will then appear. */
export function EmptyOrganization({ org }: { org: string }) {
  const { t } = useTranslation();
  const command = importCommand(org);
  return (
    <Paper component="section" aria-label={t('organizations.emptyTitle')} withBorder p="xl">
      <Stack gap="md" maw={760}>
        <Title order={2} size="h4">
          {t('organizations.emptyTitle')}
        </Title>
        <Text>{t('organizations.emptyImport')}</Text>
        <Group gap="xs" wrap="nowrap" align="start">
          <Code block flex={1} tabIndex={0} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {command}
          </Code>
          <CopyButton value={command}>
            {({ copied, copy }) => (
              <ActionIcon
                variant="default"
                size={36}
                onClick={copy}
                aria-label={t(copied ? 'organizations.emptyCopied' : 'organizations.emptyCopy')}
              >
                {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
              </ActionIcon>
            )}
          </CopyButton>
        </Group>
        <Text>{t('organizations.emptyFile')}</Text>
        <Code block tabIndex={0}>
          {EXAMPLE}
        </Code>
        <div>
          <Text>{t('organizations.emptyThen')}</Text>
          <List size="sm" mt="xs">
            <List.Item>{t('organizations.emptyThenNow')}</List.Item>
            <List.Item>{t('organizations.emptyThenFigures')}</List.Item>
            <List.Item>{t('organizations.emptyThenHistory')}</List.Item>
            <List.Item>{t('organizations.emptyThenTables')}</List.Item>
          </List>
        </div>
      </Stack>
    </Paper>
  );
}

const EXAMPLE = `channel,session_id,created_at
web,session-1,2026-03-02T08:01:10Z
whatsapp,session-2,2026-03-02T08:04:40Z`;

/** As docs/import.md describes it. The ID is quoted for the shell unless it is plain. */
function importCommand(org: string): string {
  const quoted = /^[\w.-]+$/.test(org) ? org : `'${org.replaceAll("'", `'\\''`)}'`;
  return `npm run -s import -- --organization ${quoted} messages.csv`;
}
