import { Alert } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Most answers come within a second. */
const SLOW_MS = 5_000;

/** Says that an answer takes long, once it does. It is shown for as long as the page waits for one. */
export function SlowNotice() {
  const { t } = useTranslation();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isSlow) return null;
  return (
    <Alert color="yellow" icon={<IconHourglass />} role="status">
      {t('dashboard.slow')}
    </Alert>
  );
}
