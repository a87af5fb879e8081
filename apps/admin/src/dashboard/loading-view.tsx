import { Box, SimpleGrid, Skeleton, Stack, VisuallyHidden } from '@mantine/core';

/** The shape of what is on its way. */
export function LoadingView() {
  return (
    <Stack gap="md" aria-busy>
      <VisuallyHidden role="status">Loading …</VisuallyHidden>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="md">
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} h={108} />
        ))}
      </SimpleGrid>
      <Skeleton h={220} />
      <Box>
        <Skeleton h={300} />
      </Box>
    </Stack>
  );
}
