import { SimpleGrid, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The outline of the view while it loads. */
export function LoadingView() {
  const { t } = useTranslation();
  return (
    <Stack gap="md" aria-busy>
      <VisuallyHidden role="status">{t('dashboard.loading')}</VisuallyHidden>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="md">
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} h={108} />
        ))}
      </SimpleGrid>
      <Skeleton h={220} />
      <Skeleton h={300} />
    </Stack>
  );
}
