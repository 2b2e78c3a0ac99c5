/** How a call is made and what follows: ringing, recording, wrap-up, and when to try again. */
import { Checkbox, NumberInput, Radio, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DurationInput } from '@/components/form/DurationInput';
import { Section } from '@/components/form/Section';
import classes from '../Campaign.module.css';
import { RecordingRules } from './RecordingRules';
import type { Draft } from '../draft';
import type { RetryRule } from '../types';

interface CallsSectionProps {
  fields: Draft['fields'];
  errors: Record<string, string>;
  retries: RetryRule[];
  onFields: (fields: Draft['fields']) => void;
  onRetries: (rows: RetryRule[]) => void;
}

export function CallsSection({ fields, errors, retries, onFields, onRetries }: CallsSectionProps) {
  const { t } = useTranslation('campaigns');
  const set = (change: Partial<Draft['fields']>): void => onFields({ ...fields, ...change });
  return (
    <>
      <Section title={t('calls.ringing')}>
        <DurationInput
          label={t('calls.ringTimeout')}
          description={t('calls.ringHelp')}
          units={['s']}
          min={15}
          max={120}
          value={fields.ring_timeout_s}
          error={errors['ring_timeout_s']}
          onChange={(ring_timeout_s) => set({ ring_timeout_s })}
        />
      </Section>
      <Section title={t('calls.wrapUp')} help={t('calls.wrapUpHelp')}>
        <Radio.Group
          aria-label={t('calls.wrapUp')}
          value={fields.wrap_up}
          onChange={(value) => set({ wrap_up: value as Draft['fields']['wrap_up'] })}
        >
          <Stack gap="xs">
            {(['unlimited', 'timed', 'none'] as const).map((code) => (
              <Radio
                key={code}
                value={code}
                label={t(`words:wrapUp.${code}`)}
                description={t(`calls.wrapUpKind.${code}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {fields.wrap_up === 'timed' && (
          <>
            <DurationInput
              label={t('calls.wrapUpFor')}
              units={['s', 'min']}
              min={5}
              max={3600}
              value={fields.wrap_up_s}
              onChange={(wrap_up_s) => set({ wrap_up_s })}
            />
            <DurationInput
              label={t('calls.extension')}
              description={t('calls.extensionHelp')}
              units={['s', 'min']}
              max={3600}
              value={fields.wrap_up_extension_s}
              onChange={(wrap_up_extension_s) => set({ wrap_up_extension_s })}
            />
          </>
        )}
      </Section>
      <Section title={t('calls.recording')} help={t('calls.recordingHelp')}>
        <Select
          maw={280}
          aria-label={t('calls.recording')}
          value={fields.recording}
          onChange={(value) => set({ recording: value as Draft['fields']['recording'] })}
          data={(['never', 'on_demand', 'all'] as const).map((code) => ({
            value: code,
            label: t(`words:recording.${code}`),
          }))}
        />
        {fields.recording !== 'never' && <RecordingRules fields={fields} errors={errors} set={set} />}
      </Section>
      <Section title={t('calls.retries')} help={t('calls.retriesHelp')} stacked>
        <NumberInput
          label={t('calls.maxAttempts')}
          description={fields.audience === 'b2c' ? t('calls.maxAttemptsLaw') : undefined}
          w={240}
          min={1}
          max={50}
          value={fields.max_attempts}
          error={errors['max_attempts']}
          onChange={(value) => value !== '' && set({ max_attempts: Number(value) })}
        />
        <Retries rules={retries} onChange={onRetries} />
      </Section>
    </>
  );
}

const RESULTS: RetryRule['result'][] = [
  'no_answer',
  'busy',
  'rejected',
  'congestion',
  'machine',
  'abandoned',
  'cancelled',
  'failed',
  'unallocated',
];
const HOUR_S = 3600;

function Retries({ rules, onChange }: { rules: RetryRule[]; onChange: (rules: RetryRule[]) => void }) {
  const { t } = useTranslation('campaigns');
  const byResult = new Map(rules.map((rule) => [rule.result, rule]));
  const set = (result: RetryRule['result'], some: Partial<RetryRule>): void =>
    onChange(rules.map((rule) => (rule.result === result ? { ...rule, ...some } : rule)));
  const toggle = (result: RetryRule['result'], on: boolean): void =>
    onChange(
      on
        ? [
            ...rules,
            {
              result,
              delay_s: result === 'abandoned' ? 72 * HOUR_S : HOUR_S,
              max_attempts: 3,
              next_phone: true,
            },
          ]
        : rules.filter((rule) => rule.result !== result),
    );
  return (
    <table className={classes.table} style={{ maxWidth: '52rem' }}>
      <thead>
        <tr>
          <th scope="col">{t('calls.result')}</th>
          <th scope="col">{t('calls.after')}</th>
          <th scope="col">{t('calls.atMost')}</th>
          <th scope="col">{t('calls.nextPhone')}</th>
        </tr>
      </thead>
      <tbody>
        {RESULTS.map((result) => {
          const rule = byResult.get(result);
          const word = t(`words:result.${result}`);
          return (
            <tr key={result} data-off={rule ? undefined : true}>
              <td data-keep>
                <Checkbox
                  label={word}
                  checked={Boolean(rule)}
                  onChange={(event) => toggle(result, event.currentTarget.checked)}
                />
              </td>
              {rule ? (
                <>
                  <td>
                    <DurationInput
                      size="xs"
                      aria-label={t('calls.delayOf', { result: word })}
                      units={['min', 'h', 'd']}
                      min={60}
                      max={90 * 24 * HOUR_S}
                      value={rule.delay_s}
                      onChange={(delay_s) => set(result, { delay_s })}
                    />
                  </td>
                  <td>
                    <NumberInput
                      size="xs"
                      w={80}
                      min={1}
                      max={50}
                      aria-label={t('calls.atMostOf', { result: word })}
                      value={rule.max_attempts}
                      onChange={(value) => value !== '' && set(result, { max_attempts: Number(value) })}
                    />
                  </td>
                  <td>
                    <Checkbox
                      aria-label={t('calls.nextPhoneOf', { result: word })}
                      checked={rule.next_phone}
                      onChange={(event) => set(result, { next_phone: event.currentTarget.checked })}
                    />
                  </td>
                </>
              ) : (
                <td colSpan={3}>{t('calls.noRetry')}</td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
