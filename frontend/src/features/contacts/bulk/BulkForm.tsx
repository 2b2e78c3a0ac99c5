/** One act on the chosen contacts: what it needs to know, what it will do, to how many exactly, and the button that does it. */
import { Alert, Box, Button, Group, Loader, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { notifyDone, notifyInfo } from '@/components/notify';
import { notifyUndo } from '@/components/notify-undo';
import { AskedOutlook } from '@/components/outlook/AskedOutlook';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { isUnderWay, type Kind, refreshAfter, undoAction } from '@/lib/api/bulk-actions';
import { api, unwrap } from '@/lib/api/client';
import { errorFromThrown } from '@/lib/api/error';
import { customFieldsQuery } from '@/lib/api/names';
import { formatNumber } from '@/lib/format/number';
import { countQuery } from '../search/queries';
import type { Filter } from '@/components/filter/tree';
import classes from './Bulk.module.css';
import { BulkValue } from './BulkValue';
import { forApi, type Selection } from './selection';

interface BulkFormProps {
  kind: Kind;
  filter: Filter;
  selection: Selection;
  onClose: () => void;
  onDone: () => void;
}

const FIELDS = [
  'civility',
  'first_name',
  'last_name',
  'company',
  'address',
  'address2',
  'postal_code',
  'city',
  'country',
];
/** From so many on, one click is too few to erase them: their number is typed. */
const TYPED_FROM = 100;
const WITH_CAMPAIGN: Kind[] = ['assign', 'withdraw'];

export function BulkForm({ kind, filter, selection, onClose, onDone }: BulkFormProps) {
  const { t } = useTranslation('search');
  const client = useQueryClient();
  const [campaign, setCampaign] = useState<string>();
  const [field, setField] = useState<string | null>(null);
  const [value, setValue] = useState<string | number | boolean | null>(null);
  const [typed, setTyped] = useState('');
  const { data: custom = [] } = useQuery(customFieldsQuery);
  const counted = useQuery({ ...countQuery(filter), enabled: selection.all });
  const count = selection.all
    ? counted.data && Math.max(counted.data.contacts - selection.ids.size, 0)
    : selection.ids.size;
  const start = useMutation({
    mutationFn: (expected: number) =>
      unwrap(
        api.POST('/api/bulk-actions', {
          body: {
            kind,
            selection: forApi(selection, filter),
            expected,
            priority: 0,
            field: field ?? '',
            value,
            campaign_id: campaign ? Number(campaign) : null,
          },
        }),
      ),
    onSuccess: (action) => {
      if (action.status === 'done') {
        const told = t('bulk.done', { count: action.total });
        if (action.can_undo) notifyUndo(`bulk-${action.id}`, told, () => undoAction(client, action.id));
        else notifyDone(told);
      } else if (isUnderWay(action)) notifyInfo(t('bulk.started', { count: action.total }));
      refreshAfter(client);
      onDone();
    },
  });
  const needsCampaign = WITH_CAMPAIGN.includes(kind);
  const isTyped = kind === 'erase' && count !== undefined && count >= TYPED_FROM;
  const isSure = !isTyped || typed.replace(/\D/g, '') === String(count);
  const ready = Boolean(count) && (!needsCampaign || campaign) && (kind !== 'change' || field) && isSure;
  const faults = start.error ? Object.values(errorFromThrown(start.error).fields) : [];
  return (
    <Box
      component="form"
      className={classes.form}
      aria-label={t(`bulk.kind.${kind}`)}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && count && !start.isPending) start.mutate(count);
      }}
      onKeyDown={(event) => {
        const isListOpen = (event.target as HTMLElement).ariaExpanded === 'true';
        if (event.key === 'Escape' && !isListOpen) onClose();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t(`bulk.help.${kind}`)}</Text>
        {kind === 'erase' && (
          <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('bulk.noUndo')}>
            {t('bulk.eraseKeeps')}
          </Alert>
        )}
        <Group align="end" gap="sm">
          {needsCampaign && (
            <CampaignPicker
              size="xs"
              w={260}
              label={t('bulk.campaign')}
              placeholder={t('choose')}
              value={campaign}
              onChange={setCampaign}
            />
          )}
          {kind === 'do_not_call' && (
            <CampaignPicker
              size="xs"
              w={260}
              label={t('bulk.listOf')}
              placeholder={t('bulk.everywhere')}
              value={campaign}
              onChange={setCampaign}
            />
          )}
          {kind === 'change' && (
            <>
              <Select
                size="xs"
                w={220}
                searchable
                label={t('fieldLabel')}
                placeholder={t('choose')}
                data={[
                  ...FIELDS.map((name) => ({ value: name, label: t(`field.${name}`) })),
                  ...custom.map(({ key, label }) => ({ value: `custom.${key}`, label })),
                ]}
                value={field}
                onChange={(name) => {
                  setField(name);
                  setValue(null);
                }}
              />
              {field && (
                <BulkValue
                  key={field}
                  custom={custom.find(({ key }) => `custom.${key}` === field)}
                  value={value}
                  onChange={setValue}
                />
              )}
            </>
          )}
          {isTyped && (
            <TextInput
              size="xs"
              w={260}
              inputMode="numeric"
              autoComplete="off"
              label={t('bulk.typeNumber', { number: formatNumber(count) })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              data-testid="bulk-number"
            />
          )}
          <Button
            size="xs"
            {...(kind === 'erase' ? { color: 'red' } : {})}
            disabled={!ready}
            loading={start.isPending}
            type="submit"
            data-testid="bulk-confirm"
          >
            {count === undefined
              ? t(`bulk.do.${kind}`)
              : t(`bulk.confirm.${kind}`, { count, number: formatNumber(count) })}
          </Button>
          <Button size="xs" variant="default" onClick={onClose}>
            {t('common:actions.cancel')}
          </Button>
          {selection.all && counted.isFetching && <Loader size="xs" aria-label={t('bulk.counting')} />}
        </Group>
        {kind === 'assign' && campaign && count !== 0 && (
          <AskedOutlook campaign={Number(campaign)} of={{ selection: forApi(selection, filter) }} />
        )}
        {counted.error ? <ErrorMessage error={counted.error} onRetry={() => void counted.refetch()} /> : null}
        {faults.map((fault) => (
          <Text key={fault} size="sm" c="red" role="alert">
            {fault}
          </Text>
        ))}
        {start.error && faults.length === 0 ? <ErrorMessage error={start.error} /> : null}
      </Stack>
    </Box>
  );
}
