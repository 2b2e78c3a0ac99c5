/** The conditions of the call log, in one line. */
import { Button, MultiSelect, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AgentPicker } from '@/components/pickers/AgentPicker';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { PeriodPicker } from '@/components/pickers/PeriodPicker';
import { SearchInput } from '@/components/pickers/SearchInput';
import { api, unwrap } from '@/lib/api/client';
import { type CallSearch, RESULTS } from './filters';

interface FiltersProps {
  search: CallSearch;
  number: string | undefined;
  onChange: (change: CallSearch | Record<string, undefined>) => void;
  onNumber: (number: string | undefined) => void;
  onClear: (() => void) | undefined;
}

const FLAGS = ['recording', 'reached', 'pitched'] as const;

export function Filters({ search, number, onChange, onNumber, onClear }: FiltersProps) {
  const { t } = useTranslation('calls');
  const set = (change: Record<string, string | undefined>): void => onChange(change as CallSearch);
  const flag =
    FLAGS.map((key) => (search[key] === '1' ? key : null)).find(Boolean) ??
    (search.tone ? `tone-${search.tone}` : search.live === '1' ? 'live' : null);
  const setFlag = (value: string | null): void => {
    const none: Record<string, string | undefined> = {
      recording: undefined,
      reached: undefined,
      pitched: undefined,
      tone: undefined,
      live: undefined,
    };
    if (!value) set(none);
    else if (value.startsWith('tone-')) set({ ...none, tone: value.slice(5) });
    else set({ ...none, [value]: '1' });
  };
  return (
    <>
      <PeriodPicker
        optional
        value={{ from: search.from, to: search.to }}
        onChange={({ from, to }) => set({ from, to })}
      />
      <SearchInput
        size="xs"
        w={150}
        value={number}
        onChange={onNumber}
        placeholder={t('number')}
        aria-label={t('number')}
      />
      <CampaignPicker
        size="xs"
        w={170}
        value={search.campaign_id}
        onChange={(campaign_id) => set({ campaign_id, disposition_id: undefined })}
      />
      <AgentPicker size="xs" w={150} value={search.agent_id} onChange={(agent_id) => set({ agent_id })} />
      <MultiSelect
        size="xs"
        miw={150}
        maw={280}
        clearable
        placeholder={search.result ? '' : t('anyResult')}
        aria-label={t('column.result')}
        data={RESULTS.map((code) => ({ value: code, label: t(`words:result.${code}`) }))}
        value={search.result?.split(',') ?? []}
        onChange={(codes) => set({ result: codes.join(',') || undefined })}
      />
      <Select
        size="xs"
        w={130}
        clearable
        placeholder={t('anyDirection')}
        aria-label={t('column.direction')}
        value={search.direction ?? null}
        onChange={(direction) => set({ direction: direction ?? undefined })}
        data={['outbound', 'inbound'].map((code) => ({ value: code, label: t(`direction.${code}`) }))}
      />
      {search.campaign_id && (
        <DispositionPicker
          campaignId={Number(search.campaign_id)}
          value={search.disposition_id}
          onChange={(disposition_id) => set({ disposition_id })}
        />
      )}
      <Select
        size="xs"
        w={150}
        clearable
        placeholder={t('anyCall')}
        aria-label={t('kind')}
        value={flag}
        onChange={setFlag}
        data={['recording', 'reached', 'pitched', 'tone-positive', 'tone-negative', 'live'].map((code) => ({
          value: code,
          label: t(`flag.${code}`),
        }))}
      />
      {search.contact_id && <Text size="xs">{t('oneContact')}</Text>}
      {onClear && (
        <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
          {t('common:actions.showAll')}
        </Button>
      )}
    </>
  );
}

function DispositionPicker({
  campaignId,
  value,
  onChange,
}: {
  campaignId: number;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const { t } = useTranslation('calls');
  const { data } = useQuery({
    queryKey: ['campaigns', 'dispositions', campaignId],
    queryFn: () =>
      unwrap(
        api.GET('/api/campaigns/{campaign_id}/dispositions', {
          params: { path: { campaign_id: campaignId } },
        }),
      ),
  });
  return (
    <Select
      size="xs"
      w={160}
      clearable
      placeholder={t('anyDisposition')}
      aria-label={t('column.disposition')}
      data={(data?.items ?? []).map(({ id, label }) => ({ value: String(id), label }))}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
