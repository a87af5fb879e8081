import { Anchor, Group, Modal, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SERVER_URL } from '../api/server-url';

interface Properties {
  isOpen: boolean;
  close: () => void;
}

/** Explains how the figures come about, without the reader having to leave them. */
export function CalculationModal({ isOpen, close }: Properties) {
  const { t } = useTranslation();
  return (
    // Mantine's own header would be a second banner of the page.
    <Modal.Root opened={isOpen} onClose={close} size="lg" returnFocus>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <Group justify="space-between" wrap="nowrap" mb="md">
            <Modal.Title fw={700} fz="lg">
              {t('calculation.title')}
            </Modal.Title>
            <Modal.CloseButton aria-label={t('calculation.close')} />
          </Group>
          <Parts />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** What is explained, in the order of questions. */
function Parts() {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Part title={t('calculation.silence')} text={t('calculation.silenceText')}>
        <Examples
          rows={[
            [t('calculation.apartTwo'), t('calculation.none')],
            [t('calculation.apartLong'), t('calculation.apartLongDowntime')],
          ]}
        />
        <Text size="sm">{t('calculation.channels')}</Text>
      </Part>
      <Part title={t('calculation.availability')} text={t('calculation.availabilityText')} />
      <Part title={t('calculation.edges')} text={t('calculation.edgesText')} />
      <Part title={t('calculation.hours')} text={t('calculation.hoursText')}>
        <Examples rows={[[t('calculation.weekend'), t('calculation.weekendDowntime')]]} />
      </Part>
      <Part title={t('calculation.budget')} text={t('calculation.budgetText')} />
      <Part title={t('calculation.before')} text={t('calculation.beforeText')} />
      <Anchor href={`${SERVER_URL}backend/docs`} size="sm" underline="always">
        {t('calculation.api')}
      </Anchor>
    </Stack>
  );
}

function Part({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      <Text size="sm">{text}</Text>
      {children}
    </section>
  );
}

/** Two messages that follow each other, and the downtime between them. */
function Examples({ rows }: { rows: [string, string][] }) {
  const { t } = useTranslation();
  return (
    <Table my="xs" withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('calculation.messages')}</Table.Th>
          <Table.Th>{t('calculation.downtime')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([messages, downtime]) => (
          <Table.Tr key={messages}>
            <Table.Td>{messages}</Table.Td>
            <Table.Td>{downtime}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
