import { Alert, Button, Center, Code, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Logo } from '../dashboard/logo';
import { sessionStore } from './session.store';

/** Asks for a bearer token. */
export function SignIn({ reason, isAsking }: { reason?: string; isAsking?: boolean }) {
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
            Sign in to see when chat was silent
          </Title>
          {reason && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert" title="Please sign in">
              {reason}
            </Alert>
          )}
          <PasswordInput
            label="Bearer token or API key"
            description="It stays in this tab, and is forgotten when the tab is closed."
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            autoComplete="off"
            autoFocus
            required
          />
          <Button type="submit" fullWidth loading={isAsking}>
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            Who runs the server makes a token with <Code>npm run -s token -- --org &lt;organization&gt;</Code>, a key
            with <Code>npm run -s api-key -- create</Code>.
          </Text>
        </Stack>
      </Paper>
    </Center>
  );
}
