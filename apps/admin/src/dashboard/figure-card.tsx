import { Box, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A term, and what there is to say about it. */
export function FigureCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Text component="dt" size="sm" c="dimmed">
        {title}
      </Text>
      <Box component="dd" m={0}>
        {children}
      </Box>
    </Paper>
  );
}

/** A number in large type. Its accessible name also lets programs read it. */
export function Figure({ name, text }: { name: string; text: string }) {
  return (
    <Text fz="figure" fw={700} lh={1.3} className="tabular" data-figure={name}>
      {text}
    </Text>
  );
}
