/** Every address of the product. Screens load when they are first asked for. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { goHome, requireManager, requireUser } from './guards';
import { PageNotFound, ScreenError } from './ScreenError';
import { ManagerShell } from './shell/ManagerShell';
import { Waiting } from './Waiting';

type Search = Record<string, string | number | boolean>;

const root = createRootRoute({
  component: Outlet,
  errorComponent: ScreenError,
  notFoundComponent: PageNotFound,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
});

const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: goHome });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('@/features/auth/LoginPage'), 'LoginPage'),
});

const firstAdmin = createRoute({
  getParentRoute: () => root,
  path: '/first-admin/$token',
  component: lazyRouteComponent(() => import('@/features/auth/FirstAdminPage'), 'FirstAdminPage'),
});

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyRouteComponent(() => import('@/features/auth/PasswordPage'), 'PasswordPage'),
});

const agent = createRoute({
  getParentRoute: () => root,
  path: '/agent',
  beforeLoad: ({ location }) => requireUser(location.href),
  component: lazyRouteComponent(
    () => import('@/features/agent-desktop/AgentDesktopPage'),
    'AgentDesktopPage',
  ),
});

const manager = createRoute({
  getParentRoute: () => root,
  id: 'manager',
  beforeLoad: ({ location }) => requireManager(location.href),
  component: ManagerShell,
});

const screen = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => manager, path, component, errorComponent: ScreenError });

const campaignPage = lazyRouteComponent(() => import('@/features/campaigns/CampaignPage'), 'CampaignPage');

const settings = createRoute({
  getParentRoute: () => manager,
  path: '/settings',
  beforeLoad: ({ location }) => {
    if (location.pathname === '/settings')
      throw redirect({ to: '/settings/$section', params: { section: 'users' } });
  },
});

const managerRoutes = [
  screen(
    '/floor',
    lazyRouteComponent(() => import('@/features/floor/FloorPage'), 'FloorPage'),
  ),
  screen(
    '/campaigns',
    lazyRouteComponent(() => import('@/features/campaigns/CampaignsPage'), 'CampaignsPage'),
  ),
  screen('/campaigns/$id', campaignPage),
  screen('/campaigns/$id/$section', campaignPage),
  screen(
    '/contacts',
    lazyRouteComponent(() => import('@/features/contacts/ContactsPage'), 'ContactsPage'),
  ),
  screen(
    '/contacts/$id',
    lazyRouteComponent(() => import('@/features/contacts/ContactPage'), 'ContactPage'),
  ),
  screen(
    '/contacts/$id/merge',
    lazyRouteComponent(() => import('@/features/contacts/merge/MergePage'), 'MergePage'),
  ),
  screen(
    '/imports',
    lazyRouteComponent(() => import('@/features/imports/ImportsPage'), 'ImportsPage'),
  ),
  screen(
    '/imports/$id',
    lazyRouteComponent(() => import('@/features/imports/ImportPage'), 'ImportPage'),
  ),
  screen(
    '/calls',
    lazyRouteComponent(() => import('@/features/calls/CallsPage'), 'CallsPage'),
  ),
  screen(
    '/calls/$id',
    lazyRouteComponent(() => import('@/features/calls/CallPage'), 'CallPage'),
  ),
  screen(
    '/exports',
    lazyRouteComponent(() => import('@/features/exports/ExportsPage'), 'ExportsPage'),
  ),
  screen(
    '/callbacks',
    lazyRouteComponent(() => import('@/features/callbacks/CallbacksPage'), 'CallbacksPage'),
  ),
  screen(
    '/statistics',
    lazyRouteComponent(() => import('@/features/statistics/StatisticsPage'), 'StatisticsPage'),
  ),
  screen(
    '/do-not-call',
    lazyRouteComponent(() => import('@/features/do-not-call/DoNotCallPage'), 'DoNotCallPage'),
  ),
  screen(
    '/settings/$section',
    lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsPage'),
  ),
  settings,
] as const;

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    login,
    firstAdmin,
    password,
    agent,
    manager.addChildren([...managerRoutes]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: ScreenError,
  defaultPendingComponent: Waiting,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
