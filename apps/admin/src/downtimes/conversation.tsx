import { ActionIcon, Anchor, CopyButton, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAccess } from '../availability/access';
import { conversationUrl } from './conversation-url';

/** The session of an outage: a link if the server knows where conversations are, and a button that copies it. */
export function Conversation({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const template = useAccess()?.conversation_url;
  const url = template === undefined ? undefined : conversationUrl(template, sessionId);
  const text = { span: true, size: 'sm', truncate: 'end', title: sessionId, dir: 'auto', children: sessionId } as const;
  return (
    <>
      {url === undefined ? (
        <Text {...text} />
      ) : (
        <Anchor {...text} component="a" href={url} target="_blank" rel="noopener noreferrer" />
      )}
      <CopyButton value={sessionId}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            size={24}
            onClick={copy}
            aria-label={t(copied ? 'downtimes.copied' : 'downtimes.copy', { conversation: sessionId })}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </>
  );
}
