/** How many calls leave for the agents who are there, and what a person hears when none is. */
import { Alert, Anchor, NumberInput, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import { formatPhone } from '@/lib/format/phone';
import { decimalPoint, percentSuffix } from '@/lib/format/number';
import { AnnouncementBox } from '../announcements/AnnouncementBox';
import type { Draft } from '../draft';
import { percent, share } from '../percent';
import { type Campaign, isPooled } from '../types';

/** The help may run on; the field itself holds one short number. */
const NARROW = { wrapper: { maxWidth: '12.5rem' } };

interface PacingSectionProps {
  campaign: Campaign;
  fields: Draft['fields'];
  errors: Record<string, string>;
  onChange: (fields: Draft['fields']) => void;
}

export function PacingSection({ campaign, fields, errors, onChange }: PacingSectionProps) {
  const { t } = useTranslation('campaigns');
  const set = (change: Partial<Draft['fields']>): void => onChange({ ...fields, ...change });
  const toGeneral = `/campaigns/${campaign.id}/general`;
  return (
    <>
      <Section title={t('pacing.title')} help={t('pacing.help')}>
        {!isPooled(fields.mode) && (
          <Text size="sm" c="dimmed" data-testid="not-pooled">
            {t('pacing.notPooled', { mode: t(`words:mode.${fields.mode}`) })}{' '}
            <Anchor component={Link} to={toGeneral} size="sm" underline="always">
              {t('pacing.toMode')}
            </Anchor>
          </Text>
        )}
        {fields.mode === 'power' && (
          <NumberInput
            label={t('pacing.ratio')}
            description={t('pacing.ratioHelp')}
            styles={NARROW}
            min={1}
            max={5}
            step={0.1}
            decimalScale={1}
            decimalSeparator={decimalPoint()}
            suffix={t('pacing.linesUnit')}
            clampBehavior="strict"
            value={fields.power_ratio}
            error={errors['power_ratio']}
            onChange={(typed) => typed !== '' && set({ power_ratio: Number(typed) })}
          />
        )}
        <NumberInput
          label={t('pacing.lines')}
          description={t('pacing.linesHelp')}
          placeholder={t('pacing.linesAll')}
          styles={NARROW}
          min={1}
          max={2000}
          allowDecimal={false}
          suffix={t('pacing.linesUnit')}
          clampBehavior="strict"
          value={fields.lines_max ?? ''}
          error={errors['lines_max']}
          onChange={(typed) => set({ lines_max: typed === '' ? null : Number(typed) })}
        />
      </Section>
      <Section title={t('pacing.abandoned')} help={t('pacing.abandonedHelp')}>
        <NumberInput
          label={t('pacing.cap')}
          description={t('pacing.capHelp')}
          styles={NARROW}
          min={0}
          max={3}
          step={0.1}
          decimalScale={1}
          decimalSeparator={decimalPoint()}
          suffix={percentSuffix()}
          clampBehavior="strict"
          value={percent(fields.abandon_cap)}
          error={errors['abandon_cap']}
          onChange={(typed) => typed !== '' && set({ abandon_cap: share(Number(typed)) })}
        />
      </Section>
      <Section title={t('announcement.title.abandoned')} help={t('announcement.help.abandoned')}>
        <Caller fields={fields} toGeneral={toGeneral} />
        <AnnouncementBox
          campaign={campaign}
          kind="abandoned"
          announcement={campaign.announcements.find(({ kind }) => kind === 'abandoned')}
        />
      </Section>
    </>
  );
}

/** The message names the caller and a number: the law asks for both. */
function Caller({ fields, toGeneral }: { fields: Draft['fields']; toGeneral: string }) {
  const { t } = useTranslation('campaigns');
  const { caller_name: name, callback_number: number } = fields;
  const lacking = [!name && t('field.caller_name'), !number && t('field.callback_number')].filter(Boolean);
  if (lacking.length === 0)
    return (
      <Text size="sm">
        {t('pacing.caller', { name, number: formatPhone(number) })}{' '}
        <Anchor component={Link} to={toGeneral} size="sm" underline="always">
          {t('pacing.toCaller')}
        </Anchor>
      </Text>
    );
  return (
    <Alert color="yellow" py="xs" data-testid="caller-missing">
      {t('pacing.callerMissing', { what: lacking.join(', ') })}{' '}
      <Anchor component={Link} to={toGeneral} size="sm" c="inherit" underline="always">
        {t('pacing.toCaller')}
      </Anchor>
    </Alert>
  );
}
