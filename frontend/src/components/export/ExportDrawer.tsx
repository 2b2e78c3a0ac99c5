/** What goes into a file: format, columns in their order, and how many rows. The worker makes it; the page may be left. */
import { Button, Drawer, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Below } from '../Below';
import { ErrorMessage } from '@/components/ErrorMessage';
import { notifyDone } from '@/components/notify';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { api, unwrap } from '@/lib/api/client';
import { toId } from '@/lib/api/given';
import { Columns } from './Columns';
import { Layouts } from './Layouts';
import { columnsQuery, countQuery, layoutsQuery } from './queries';
import type { Export, Subject } from './types';

interface ExportDrawerProps {
  opened: boolean;
  onClose: () => void;
  subject: Subject;
  filters: Record<string, unknown>;
  /** What and which rows, where the caller lets them be chosen. */
  children?: ReactNode;
}

export function ExportDrawer({ opened, onClose, ...rest }: ExportDrawerProps) {
  const { t } = useTranslation('exports');
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size="36rem">
      <Drawer.Overlay />
      <Drawer.Content>
        {/* A header element would be a second banner of the page. */}
        <Drawer.Header renderRoot={(props) => <div {...props} />}>
          <Drawer.Title>{t('new')}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('common:actions.close')} />
        </Drawer.Header>
        <Drawer.Body>{opened && <Form key={rest.subject} {...rest} onClose={onClose} />}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Form({ subject, filters, children, onClose }: Omit<ExportDrawerProps, 'opened'>) {
  const { t } = useTranslation('exports');
  const client = useQueryClient();
  const [format, setFormat] = useState<Export['format']>('xlsx');
  const [dates, setDates] = useState<Export['dates']>('local');
  const [otherCampaign, setOtherCampaign] = useState<string | null>(null);
  const listed = typeof filters.campaign_id === 'number' ? String(filters.campaign_id) : undefined;
  const campaign = subject === 'contacts' ? toId(otherCampaign ?? listed) : undefined;
  const { data: columns, error: noColumns, isPending: noneYet } = useQuery(columnsQuery(subject, campaign));
  const { data: layouts, isPending: noLayouts } = useQuery(layoutsQuery(subject));
  const { data: counted, error: notCounted, isFetching } = useQuery(countQuery(subject, filters));
  const [chosen, setChosen] = useState<string[] | null>(null);

  const there = new Set(columns?.map(({ key }) => key));
  const last = layouts?.find(({ name }) => name === '')?.columns.filter((key) => there.has(key));
  const usual = columns?.filter((column) => column.usual).map(({ key }) => key) ?? [];
  const keys = (chosen ?? (last?.length ? last : usual)).filter((key) => there.has(key));

  const ask = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/exports', {
          body: { subject, format, dates, columns: keys, filters, campaign_id: campaign ?? null },
        }),
      ),
    onSuccess: () => {
      notifyDone(t('asked'));
      void client.invalidateQueries({ queryKey: ['exports'] });
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate();
  };
  const error = ask.error ?? noColumns ?? notCounted;
  return (
    <form onSubmit={submit} noValidate data-testid="export-form">
      <Stack gap="md">
        {children}
        <Text size="sm" role="status" data-testid="export-count">
          {isFetching || !counted ? t('counting') : t(`rows.${subject}`, { count: counted.rows })}
        </Text>
        <div>
          <SegmentedControl
            fullWidth
            value={format}
            onChange={(next) => setFormat(next as Export['format'])}
            aria-label={t('format')}
            data={[
              { value: 'xlsx', label: t('xlsx') },
              { value: 'csv', label: t('csv') },
            ]}
          />
          <Text size="xs" c="dimmed" mt={6}>
            {t(`${format}Help`)}
          </Text>
        </div>
        {format === 'csv' && (
          <Select
            label={t('dates')}
            value={dates}
            allowDeselect={false}
            onChange={(next) => setDates((next ?? 'local') as Export['dates'])}
            data={[
              { value: 'local', label: t('datesLocal') },
              { value: 'iso', label: t('datesIso') },
            ]}
          />
        )}
        {subject === 'contacts' && (
          <CampaignPicker
            label={t('campaign')}
            description={t('campaignHelp')}
            placeholder={t('noCampaign')}
            value={otherCampaign ?? listed}
            onChange={(id) => setOtherCampaign(id ?? '')}
          />
        )}
        <Below waits={noneYet || noLayouts}>
          <Layouts subject={subject} layouts={layouts ?? []} columns={keys} onChoose={setChosen} />
          <Columns all={columns ?? []} chosen={keys} onChange={setChosen} onUsual={() => setChosen(usual)} />
          {error ? <ErrorMessage error={error} /> : null}
          <Text size="xs" c="dimmed">
            {t('logged')}
          </Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:actions.cancel')}
            </Button>
            <Button
              type="submit"
              loading={ask.isPending}
              disabled={keys.length === 0 || !counted}
              data-testid="export-go"
            >
              {t('go')}
            </Button>
          </Group>
        </Below>
      </Stack>
    </form>
  );
}
