/** Addresses that are told of events; one that was given up is said first, with what to do. */
import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { Tag } from '@/components/Tag';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { formatDateTime } from '@/lib/format/time';
import { TableArea } from '../ListSection';
import { webhooksQuery } from './queries';
import { NewSecret, type Once } from './NewSecret';
import { keyOf, type Webhook } from './types';
import { WebhookDrawer } from './WebhookDrawer';

export function WebhooksTab() {
  const { t } = useTranslation('integrations');
  const webhooks = useQuery(webhooksQuery);
  const [edited, setEdited] = useState<Webhook | 'new' | null>(null);
  const [shown, setShown] = useState<Once | null>(null);
  const givenUp = (webhooks.data?.items ?? []).filter((one) => one.disabled_because === 'failing');
  return (
    <>
      {givenUp.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('webhook.givenUp')}>
          {t('webhook.givenUpHelp', { urls: givenUp.map((one) => one.url).join(', ') })}
        </Alert>
      )}
      <TableArea>
        <DataTable
          id="webhooks"
          label={t('tab.webhooks')}
          columns={useColumns()}
          rows={webhooks.data?.items}
          rowId={(row) => String(row.id)}
          loading={webhooks.isPending}
          error={webhooks.error}
          onRetry={() => void webhooks.refetch()}
          onRowClick={setEdited}
          empty={<EmptyState title={t('webhook.none')}>{t('webhook.noneHelp')}</EmptyState>}
          tools={
            <Button
              size="xs"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => setEdited('new')}
              data-testid="add-webhook"
            >
              {t('webhook.add')}
            </Button>
          }
        />
      </TableArea>
      {edited !== null && (
        <WebhookDrawer
          key={edited === 'new' ? 'new' : edited.id}
          webhook={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSecret={(secret) => {
            setEdited(null);
            setShown({ title: t('webhook.secretTitle'), help: t('webhook.secretHelp'), text: secret });
          }}
        />
      )}
      <NewSecret shown={shown} onClose={() => setShown(null)} />
    </>
  );
}

function State({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('integrations');
  if (!webhook.enabled)
    return webhook.disabled_because === 'failing' ? (
      <Tag color="fault">{t('webhook.is.givenUp')}</Tag>
    ) : (
      <Tag color="offline">{t('webhook.is.disabled')}</Tag>
    );
  return webhook.failing_since ? (
    <Tag color="pause">{t('webhook.is.failing', { since: formatDateTime(webhook.failing_since) })}</Tag>
  ) : (
    <Tag color="ready">{t('webhook.is.enabled')}</Tag>
  );
}

function useColumns(): DataColumn<Webhook>[] {
  const { t } = useTranslation('integrations');
  return useMemo(
    () => [
      {
        id: 'url',
        header: t('webhook.url'),
        width: 'minmax(14rem, 2fr)',
        cell: (row) => (
          <span style={{ fontWeight: 600 }} title={row.url}>
            {row.url}
          </span>
        ),
      },
      {
        id: 'description',
        header: t('webhook.description'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => row.description,
      },
      {
        id: 'events',
        header: t('webhook.events'),
        width: 'minmax(10rem, 1.5fr)',
        cell: (row) => row.events.map((code) => t(`event.${keyOf(code)}`)).join(', '),
      },
      { id: 'state', header: t('webhook.state'), width: '15rem', cell: (row) => <State webhook={row} /> },
    ],
    [t],
  );
}
