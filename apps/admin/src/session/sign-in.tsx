import { Alert, Button, Center, Code, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Logo } from '../layout/logo';
import { sessionStore } from './session.store';

interface Properties {
  /** Why the reader has to sign in again. */
  reason?: string;
  isSigningIn?: boolean;
}

/** The form that asks for a bearer token or an API key. */
export function SignIn({ reason, isSigningIn }: Properties) {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sessionStore.signIn(token);
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder shadow="sm" p="xl" w="100%" maw={440}>
        <Stack component="form" onSubmit={submit}>
          <Logo />
          <Title order={1} size="h3">
            {t('session.heading')}
          </Title>
          {reason && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert" title={t('session.please')}>
              {reason}
            </Alert>
          )}
          <PasswordInput
            label={t('session.credential')}
            description={t('session.kept')}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            autoComplete="off"
            autoFocus
            required
          />
          <Button type="submit" fullWidth loading={isSigningIn}>
            {t('session.signIn')}
          </Button>
          <Text size="sm" c="dimmed">
            <Trans i18nKey="session.operator" components={{ command: <Code /> }} />
          </Text>
        </Stack>
      </Paper>
    </Center>
  );
}
