import { Affix, Notification } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.error';

interface Properties {
  copyError: Error | null;
  downloadError: Error | null;
  close: () => void;
}

/** Says why a link was not copied or a table not saved. Browsers copy nothing for a page that came without HTTPS. */
export function ShareProblem({ copyError, downloadError, close }: Properties) {
  const { t } = useTranslation();
  if (copyError === null && downloadError === null) return null;
  return (
    <Affix position={{ bottom: 16, right: 16 }}>
      <Notification
        color="red"
        withBorder
        title={t(copyError ? 'bar.notCopied' : 'bar.notSaved')}
        closeButtonProps={{ 'aria-label': t('bar.close') }}
        onClose={close}
      >
        {copyError ? t('bar.notCopiedHint') : Problem.from(downloadError).message}
      </Notification>
    </Affix>
  );
}
