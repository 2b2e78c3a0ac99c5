/** Calling once more those whose end allows it: chosen, counted with what the rules would refuse, put back, undone. */
import { Alert, Anchor, Checkbox, Group, Radio, Text } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { notifyDone } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { formatNumber } from '@/lib/format/number';
import { useHeldRows } from '@/lib/hold';
import type { Campaign } from '../types';
import { endName, endOf, keyOfEnd, refusalSentence, refusedEnd } from './names';
import { recentRecyclingsQuery, recyclePreviewQuery } from './queries';
import classes from './Queue.module.css';
import { RecyclingHistory } from './RecyclingHistory';
import type { Behind, End, Queue, RecyclePreview } from './types';

interface RecycleSectionProps {
  campaign: Campaign;
  queue: Queue;
  onOpen: (behind: Behind) => void;
}

interface Choice {
  end: End;
  name: string;
  count: number;
  recyclable: boolean;
  behind: Behind;
}

const idOfChoice = ({ end }: Choice): string => keyOfEnd(end);

function choicesOf(t: TFunction, queue: Queue): Choice[] {
  return [
    ...queue.ends.map((one) => ({
      end: endOf(one),
      name: endName(t, one),
      count: one.count,
      recyclable: one.recyclable,
      behind: {
        standing: 'finished' as const,
        code: one.code,
        last_result: one.last_result,
        disposition_id: one.disposition_id === null ? undefined : String(one.disposition_id),
      },
    })),
    ...queue.refusals.map((one) => ({
      end: refusedEnd(one),
      name: refusalSentence(t, one.code),
      count: one.count,
      recyclable: !NEVER_AGAIN.includes(one.code),
      behind: { standing: 'refused' as const, code: one.code },
    })),
  ];
}

export function RecycleSection({ campaign, queue, onOpen }: RecycleSectionProps) {
  const { t } = useTranslation('queue');
  const client = useQueryClient();
  const [keys, setKeys] = useState<string[]>([]);
  const [keeps, setKeeps] = useState('keep');
  const [at, setAt] = useState<string | null>(null);
  const all = useMemo(() => choicesOf(t, queue), [t, queue]);
  const { rows: choices, gone, holder } = useHeldRows(all, idOfChoice);
  const chosen = choices.filter(({ end }) => keys.includes(keyOfEnd(end)));
  const ends = chosen.map(({ end }) => end);
  const [settled] = useDebouncedValue(ends, 250);
  const preview = useQuery(recyclePreviewQuery(campaign.id, settled));
  const recycle = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/campaigns/{campaign_id}/recyclings', {
          params: { path: { campaign_id: campaign.id } },
          body: {
            ends,
            keeps_attempts: keeps === 'keep',
            ...(at ? { not_before: new Date(at).toISOString() } : {}),
          },
        }),
      ),
    onSuccess: (done) => {
      setKeys([]);
      notifyDone(
        done.status === 'done'
          ? t('recycled', { count: done.recycled })
          : t('recyclingStarted', { count: done.expected }),
      );
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['campaigns', 'queue', campaign.id] });
      void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      void client.invalidateQueries({ queryKey: recentRecyclingsQuery.queryKey });
    },
  });
  const counts = ends.length > 0 ? preview.data : undefined;
  const ready = counts !== undefined && counts.chosen > counts.never + counts.no_number;
  return (
    <Section title={t('ends')} help={t('endsHelp')} stacked>
      {choices.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noEnds')}
        </Text>
      )}
      {choices.length > 0 && (
        <table className={classes.table} data-testid="queue-ends">
          <thead>
            <tr>
              <th scope="col">{t('end')}</th>
              <th scope="col" data-align="right">
                {t('records')}
              </th>
            </tr>
          </thead>
          <tbody {...holder}>
            {choices.map(({ end, name, count, recyclable, behind }) => (
              <tr key={keyOfEnd(end)}>
                <td>
                  <Checkbox
                    size="xs"
                    label={name}
                    description={recyclable ? undefined : t('neverAgain')}
                    disabled={!recyclable || gone.has(keyOfEnd(end))}
                    checked={keys.includes(keyOfEnd(end))}
                    onChange={(event) => {
                      const key = keyOfEnd(end);
                      const isChecked = event.currentTarget.checked;
                      recycle.reset();
                      setKeys((all) => (isChecked ? [...all, key] : all.filter((one) => one !== key)));
                    }}
                  />
                </td>
                <td data-align="right">
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    className="tabular"
                    aria-label={t('openList', { name, count: formatNumber(count) })}
                    onClick={() => onOpen(behind)}
                  >
                    {formatNumber(count)}
                  </Anchor>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ends.length > 0 && (
        <>
          <Group gap="xl" align="flex-start">
            <Radio.Group label={t('attempts')} value={keeps} onChange={setKeeps}>
              <Radio size="xs" mt={6} value="keep" label={t('keepAttempts')} />
              <Radio size="xs" mt={6} value="reset" label={t('resetAttempts')} />
            </Radio.Group>
            <DateTimePicker
              w={240}
              clearable
              label={t('when')}
              placeholder={t('atOnce')}
              value={at}
              onChange={setAt}
              minDate={new Date()}
            />
          </Group>
          {preview.error && <ErrorMessage error={preview.error} onRetry={() => void preview.refetch()} />}
          {recycle.error && <ErrorMessage error={recycle.error} />}
          <Group>
            <ConfirmInline
              variant="filled"
              disabled={!ready}
              loading={recycle.isPending}
              confirmLabel={t('confirmRecycle', {
                count: counts ? counts.chosen - counts.never - counts.no_number : 0,
              })}
              onConfirm={() => recycle.mutate()}
              data-testid="recycle"
            >
              {t('recycle')}
            </ConfirmInline>
          </Group>
          {/* Below the button, which it would push away as it is counted. */}
          {counts && <Preview counts={counts} />}
        </>
      )}
      <RecyclingHistory campaign={campaign} />
    </Section>
  );
}

/** As the server has it: whatever was chosen, those are never put back. */
const NEVER_AGAIN = ['do_not_call', 'do_not_call_campaign', 'do_not_call_prefix', 'objected', 'erased'];

function Preview({ counts }: { counts: RecyclePreview }) {
  const { t } = useTranslation('queue');
  const lines = (['never', 'no_number', 'too_many_attempts', 'abandoned_lately'] as const).filter(
    (key) => counts[key] > 0,
  );
  return (
    <div aria-live="polite" data-testid="recycle-preview">
      <Text size="sm">
        {t('preview.callable', {
          callable: formatNumber(counts.callable),
          chosen: formatNumber(counts.chosen),
        })}
      </Text>
      {lines.map((key) => (
        <Text key={key} size="sm" c="dimmed">
          {t(`preview.${key}`, { count: counts[key] })}
        </Text>
      ))}
      {counts.refusals > 0 && (
        <Alert color="orange" variant="light" mt="xs" p="xs">
          {t('preview.refusals', { count: counts.refusals })}
        </Alert>
      )}
    </div>
  );
}
