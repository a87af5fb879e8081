import { Alert, Button, Container, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { sessionStore } from './session.store';
import type { LinkOutcome } from './sign-in.link';

/** Asks whether a sign-in link may replace the session, or explains why it cannot. */
export function LinkNotice({ link }: { link: LinkOutcome }) {
  const { t } = useTranslation();
  return (
    <Container component="aside" aria-label={t('session.link')} size="xl" pt="md">
      {'offer' in link ? <Offer organizationIds={link.offer.organizationIds} /> : <Refusal reason={link.refusal} />}
    </Container>
  );
}

function Offer({ organizationIds }: { organizationIds: string[] }) {
  const { t } = useTranslation();
  return (
    <Alert color="blue" icon={<IconLink />} role="alert" title={t('session.useLink')}>
      <Group justify="space-between">
        <Text size="sm">{t('session.linkShows', { organizations: organizationIds.join(', ') })}</Text>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => sessionStore.dismissLink()}>
            {t('session.keepSession')}
          </Button>
          <Button size="xs" onClick={() => sessionStore.acceptLink()}>
            {t('session.acceptLink')}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}

function Refusal({ reason }: { reason: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle />}
      role="alert"
      title={t('session.linkRefused')}
      withCloseButton
      closeButtonLabel={t('session.close')}
      onClose={() => sessionStore.dismissLink()}
    >
      {reason}
    </Alert>
  );
}
