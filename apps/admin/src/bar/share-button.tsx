import { Button, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconFileSpreadsheet, IconLink, IconPrinter, IconShare } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CSV_CONTENTS, type CsvContent, fetchCsv } from '../availability/csv';
import { csvName, saveFile } from '../availability/csv-file';
import type { View } from '../availability/view';
import classes from './bar.module.css';
import { ShareProblem } from './share-problem';
import { viewLink } from './view-link';

/** How long a copied link is confirmed. */
const CONFIRMED_MS = 2000;

/** Shares the current view: as a link, on paper, or as tables. */
export function ShareButton({ view }: { view: View | null | undefined }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: CONFIRMED_MS });
  const download = useMutation({
    mutationFn: async ({ shown, content }: { shown: View; content: CsvContent }) =>
      saveFile(await fetchCsv(shown, content), csvName(shown, content)),
  });
  const close = () => {
    clipboard.reset();
    download.reset();
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} hideDetached={false} shadow="md">
        <Menu.Target>
          <Button
            variant="default"
            className={classes.action}
            loading={download.isPending}
            leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconShare size={16} />}
          >
            {clipboard.copied ? t('bar.copied') : t('bar.share')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={16} />} onClick={() => clipboard.copy(viewLink(location.href))}>
            {t('bar.copyLink')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLink size={16} />}
            disabled={!view}
            onClick={() => clipboard.copy(viewLink(location.href, view!))}
          >
            {t('bar.copyFixedLink')}
          </Menu.Item>
          <Menu.Label maw={230} fw={400}>
            {t('bar.linkNote')}
          </Menu.Label>
          <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => print()}>
            {t('bar.print')}
          </Menu.Item>
          <Menu.Divider />
          {CSV_CONTENTS.map((content) => (
            <Menu.Item
              key={content}
              leftSection={<IconFileSpreadsheet size={16} />}
              disabled={!view}
              onClick={() => download.mutate({ shown: view!, content })}
            >
              {t(`bar.csv-${content}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ShareProblem copyError={clipboard.error} downloadError={download.error} close={close} />
    </>
  );
}
