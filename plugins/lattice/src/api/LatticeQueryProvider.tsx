import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { PropsWithChildren } from 'react';
import { isFinal } from './isFinal';

// One for the whole plugin, so that its pages and entity tabs share answers. It lives as long as the
// page does: signing out reloads the page, so nothing is kept for the next person.
const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 1 && !isFinal(error),
      staleTime: 2_000,
      refetchOnWindowFocus: true,
    },
  },
});

/** Gives the plugin's extensions their query client. */
export function LatticeQueryProvider(props: PropsWithChildren<{}>) {
  return (
    <QueryClientProvider client={client}>{props.children}</QueryClientProvider>
  );
}
