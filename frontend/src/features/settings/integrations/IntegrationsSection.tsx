/** Other programs: their keys, the addresses that are told of events, and what was sent to them. */
import { Button, Group, Tabs } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '@/lib/url-state';
import { ListSection, useSection } from '../ListSection';
import classes from '../Settings.module.css';
import { DeliveriesTab } from './DeliveriesTab';
import { KeysTab } from './KeysTab';
import { WebhooksTab } from './WebhooksTab';

const TABS = { keys: KeysTab, webhooks: WebhooksTab, deliveries: DeliveriesTab };
type Code = keyof typeof TABS;
const CODES = Object.keys(TABS) as Code[];

export function IntegrationsSection() {
  const { t } = useTranslation('integrations');
  const [search, change] = useUrlState<'tab' | 'webhook' | 'state'>();
  const code = CODES.find((one) => one === search.tab) ?? 'keys';
  const Shown = TABS[code];
  const { title, help } = useSection('integrations');
  return (
    <ListSection title={title} help={help}>
      <Group justify="space-between" wrap="nowrap">
        <Tabs
          value={code}
          onChange={(tab) => change({ tab: tab ?? undefined, webhook: undefined, state: undefined })}
        >
          <Tabs.List aria-label={title}>
            {CODES.map((one) => (
              <Tabs.Tab key={one} value={one} aria-controls="integrations-panel">
                {t(`tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <Button
          component="a"
          href="/api/v1/docs"
          target="_blank"
          rel="noreferrer"
          variant="subtle"
          leftSection={<IconExternalLink size={16} aria-hidden />}
          style={{ flex: 'none' }}
        >
          {t('docs')}
        </Button>
      </Group>
      <div id="integrations-panel" role="tabpanel" aria-label={t(`tab.${code}`)} className={classes.list}>
        <Shown />
      </div>
    </ListSection>
  );
}
