import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.error';
import { fetchCsv } from '../availability/csv';
import { csvName, saveFile } from '../availability/csv-file';
import type { View } from '../availability/view';

/** Downloads the downtimes of the view as the server's CSV. */
export function DownloadButton({ view }: { view: View }) {
  const { t } = useTranslation();
  const download = useMutation({
    mutationFn: () => fetchCsv(view, 'outages'),
    onSuccess: (csv) => saveFile(csv, csvName(view, 'outages')),
  });
  return (
    <div>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={14} />}
        loading={download.isPending}
        onClick={() => download.mutate()}
      >
        {t('downtimes.download')}
      </Button>
      {download.isError && (
        <Text size="xs" c="var(--worse)" role="alert">
          {Problem.from(download.error).message}
        </Text>
      )}
    </div>
  );
}
