/** Everything that is set up once and changed now and then. */
import { NavLink } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { createElement } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { Page } from '@/components/Page';
import type { components } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { AuditSection } from './audit/AuditSection';
import { CompanySection } from './company/CompanySection';
import { FieldsSection } from './fields/FieldsSection';
import { GroupsSection } from './groups/GroupsSection';
import { IntegrationsSection } from './integrations/IntegrationsSection';
import { NumbersSection } from './numbers/NumbersSection';
import { PausesSection } from './pauses/PausesSection';
import { PrivacySection } from './privacy/PrivacySection';
import { PrincipalsSection } from './principals/PrincipalsSection';
import classes from './Settings.module.css';
import { SendersSection } from './senders/SendersSection';
import { TrunksSection } from './trunks/TrunksSection';
import { UsersSection } from './users/UsersSection';

type Permission = components['schemas']['Me']['permissions'][number];

const SECTIONS = {
  users: UsersSection,
  groups: GroupsSection,
  pauses: PausesSection,
  numbers: NumbersSection,
  fields: FieldsSection,
  trunks: TrunksSection,
  senders: SendersSection,
  principals: PrincipalsSection,
  company: CompanySection,
  privacy: PrivacySection,
  integrations: IntegrationsSection,
  audit: AuditSection,
};
type Code = keyof typeof SECTIONS;
/** Sections that are for administrators only, by the permission that shows them. */
const NEEDS: Partial<Record<Code, Permission>> = {
  privacy: 'manage_settings',
  integrations: 'manage_settings',
  audit: 'read_audit',
};

export function SettingsPage() {
  const { t } = useTranslation('settings');
  const me = useMe();
  const { section } = useParams({ strict: false }) as { section: string };
  const shown = (Object.keys(SECTIONS) as Code[]).filter(
    (code) => NEEDS[code] === undefined || me.permissions.includes(NEEDS[code]),
  );
  const code = shown.find((one) => one === section);
  return (
    <Page title={t('title')} fill>
      <div className={classes.columns}>
        <nav aria-label={t('title')} className={classes.nav}>
          {shown.map((one) => (
            <NavLink
              key={one}
              component={Link}
              to={`/settings/${one}`}
              label={t(`section.${one}`)}
              active={one === code}
              aria-current={one === code ? 'page' : undefined}
              className={classes.link}
            />
          ))}
        </nav>
        <div className={classes.content}>
          {code ? createElement(SECTIONS[code]) : <EmptyState title={t('unknown')} />}
        </div>
      </div>
    </Page>
  );
}
