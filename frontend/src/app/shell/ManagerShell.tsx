/** The manager's frame: navigation at the left in the order of the work, the bar at the top, the screen. */
import { Burger, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAddressBook,
  IconCalendarTime,
  IconChartBar,
  IconFileExport,
  IconFileImport,
  IconLayoutDashboard,
  IconPhone,
  IconPhoneOff,
  IconSettings,
  IconSpeakerphone,
} from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { UserMenu } from '@/components/UserMenu';
import { RecycleWatcher } from '@/features/campaigns/queue/RecycleWatcher';
import { BulkWatcher } from '@/features/contacts/bulk/BulkWatcher';
import { ExportWatcher } from '@/features/exports/ExportWatcher';
import { ImportWatcher } from '@/features/imports/ImportWatcher';
import { keepFocus } from '@/lib/focus-keeper';
import { JobTray } from './JobTray';
import classes from './ManagerShell.module.css';

const ENTRIES = [
  { to: '/floor', key: 'floor', icon: IconLayoutDashboard },
  { to: '/campaigns', key: 'campaigns', icon: IconSpeakerphone },
  { to: '/contacts', key: 'contacts', icon: IconAddressBook },
  { to: '/imports', key: 'imports', icon: IconFileImport },
  { to: '/callbacks', key: 'callbacks', icon: IconCalendarTime },
  { to: '/calls', key: 'calls', icon: IconPhone },
  { to: '/exports', key: 'exports', icon: IconFileExport },
  { to: '/statistics', key: 'statistics', icon: IconChartBar },
  { to: '/do-not-call', key: 'doNotCall', icon: IconPhoneOff },
  { to: '/settings/users', key: 'settings', icon: IconSettings },
] as const;

export function ManagerShell() {
  const { t } = useTranslation('common');
  const { pathname } = useLocation();
  const [folded, { toggle }] = useDisclosure(window.innerWidth < 1360);
  const section = `/${pathname.split('/')[1] ?? ''}`;
  const shell = useRef<HTMLDivElement>(null);
  const main = useRef<HTMLElement>(null);
  useEffect(() => (shell.current && main.current ? keepFocus(shell.current, main.current) : undefined), []);
  return (
    <div ref={shell} className={classes.shell} data-folded={folded || undefined}>
      <a href="#content" className="visually-hidden skip-link">
        {t('nav.skip')}
      </a>
      <header className={classes.bar}>
        <Group gap="sm" wrap="nowrap">
          <Burger size="xs" opened={!folded} onClick={toggle} aria-label={t('nav.label')} />
          <img src="/icon.svg" alt="" width={22} height={22} />
          <Text fw={700}>{t('app')}</Text>
        </Group>
        <Group gap="xs" wrap="nowrap">
          <JobTray />
          <ImportWatcher />
          <BulkWatcher />
          <RecycleWatcher />
          <ExportWatcher />
          <UserMenu desktop="manager" />
        </Group>
      </header>
      <nav className={classes.nav} aria-label={t('nav.label')}>
        {ENTRIES.map(({ to, key, icon: Icon }) => (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={folded ? undefined : t(`nav.${key}`)}
            aria-label={t(`nav.${key}`)}
            title={folded ? t(`nav.${key}`) : undefined}
            leftSection={<Icon size={18} aria-hidden />}
            active={to.startsWith(section)}
            aria-current={to.startsWith(section) ? 'page' : undefined}
            className={classes.link}
          />
        ))}
      </nav>
      <main ref={main} id="content" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
