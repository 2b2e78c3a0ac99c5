/** The application: providers, the router, and what happens when the session ends. */
import { RouterProvider } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { onSignedOut } from '@/lib/api/client';
import { meQuery } from '@/lib/api/session';
import { refuseStrayFiles } from '@/lib/stray-files';
import { Providers } from './Providers';
import { queryClient } from './query';
import { router } from './router';

function goToSignIn(): void {
  const { href, pathname } = router.state.location;
  if (pathname === '/login' || pathname.startsWith('/first-admin')) return;
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
  void router.navigate({ to: '/login', search: { next: href, expired: true } });
}

export function App() {
  useEffect(() => onSignedOut(goToSignIn), []);
  useEffect(() => refuseStrayFiles(window), []);
  return (
    <Providers>
      <Suspense>
        <RouterProvider router={router} />
      </Suspense>
    </Providers>
  );
}
