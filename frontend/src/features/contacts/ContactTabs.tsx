/** What happened, what is kept, what was changed: one at a time, and the tab is in the address. */
import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConsentPanel } from '@/components/consents/ConsentPanel';
import { MailPanel } from '@/components/mails/MailPanel';
import { useUrlState } from '@/lib/url-state';
import classes from './Contact.module.css';
import { ContactChanges } from './ContactChanges';
import { ContactDocuments } from './ContactDocuments';
import { History } from './History';
import type { Contact } from './types';

const TABS = ['history', 'mails', 'consents', 'documents', 'changes'] as const;

export function ContactTabs({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact-card');
  const [{ tab }, change] = useUrlState<'tab'>();
  const campaigns = contact.places.map(({ campaign }) => campaign);
  const shown = TABS.find((one) => one === tab) ?? 'history';
  return (
    <Tabs
      value={shown}
      onChange={(next) => change({ tab: next === 'history' ? undefined : (next ?? undefined) })}
      keepMounted={false}
      className={classes.panel}
    >
      <Tabs.List aria-label={t('tabs')}>
        {TABS.map((one) => (
          <Tabs.Tab key={one} value={one} data-testid={`tab-${one}`}>
            {t(`tab.${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="history" pt="sm">
        <History contact={contact} />
      </Tabs.Panel>
      <Tabs.Panel value="mails" pt="sm">
        <MailPanel
          contactId={contact.id}
          campaigns={campaigns}
          campaignId={campaigns.length === 1 ? (campaigns[0]?.id ?? null) : null}
        />
      </Tabs.Panel>
      <Tabs.Panel value="consents" pt="sm">
        <ConsentPanel contact={contact} />
      </Tabs.Panel>
      <Tabs.Panel value="documents" pt="sm">
        <ContactDocuments contact={contact} />
      </Tabs.Panel>
      <Tabs.Panel value="changes" pt="sm">
        <ContactChanges contact={contact} />
      </Tabs.Panel>
    </Tabs>
  );
}
