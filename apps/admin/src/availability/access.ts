import { useQuery } from '@tanstack/react-query';
import type { components } from '../api/schema';
import { api } from '../session/session.client';

/** What the token may do, and how the server is configured; undefined until it has answered. */
export function useAccess(): components['schemas']['AccessResponse'] | undefined {
  const { data } = useQuery({
    queryKey: ['access'],
    queryFn: async () => (await api.GET('/backend/access')).data!,
    staleTime: Infinity,
  });
  return data;
}
