import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { fetchOutagesAsCsv, type View } from '../api/availability';
import { datesOf } from '../filters/period';
import { Problem } from '../api/problem.error';

/** Downloads the outages of the view as the server's CSV. */
export function DownloadButton({ view }: { view: View }) {
  const download = useMutation({
    mutationFn: () => fetchOutagesAsCsv(view),
    onSuccess: (csv) => save(csv, fileNameOf(view)),
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
        Download CSV
      </Button>
      {download.isError && (
        <Text size="xs" c="var(--worse)" role="alert">
          {Problem.from(download.error).message}
        </Text>
      )}
    </div>
  );
}

function fileNameOf({ filters, period }: View): string {
  const { from, to } = datesOf(period, filters.zone);
  const stream = filters.channel === null ? filters.org : `${filters.org}_${filters.channel}`;
  return `outages_${stream}_${from}_${to}.csv`;
}

/** A link cannot send the token, so the file is fetched and then handed to the browser. */
function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // Some browsers read it only after the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
