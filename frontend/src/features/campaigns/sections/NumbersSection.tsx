/** Through which trunk the calls leave, and which number the contact sees. */
import { Alert, SegmentedControl, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import { presentedNumbersQuery, trunksQuery } from '@/lib/api/names';
import { formatPhone } from '@/lib/format/phone';
import classes from '../Campaign.module.css';
import type { Draft } from '../draft';
import type { Zone } from '../types';

interface NumbersSectionProps {
  fields: Draft['fields'];
  numbers: Draft['numbers'];
  onFields: (fields: Draft['fields']) => void;
  onNumbers: (numbers: Draft['numbers']) => void;
}

const ZONES: Zone[] = ['1', '2', '3', '4', '5', '67'];
const ANY_TRUNK = 'any';

export function NumbersSection({ fields, numbers, onFields, onNumbers }: NumbersSectionProps) {
  const { t } = useTranslation('campaigns');
  const { data: trunks } = useQuery(trunksQuery);
  return (
    <>
      <Section title={t('numbers.trunk')} help={t('numbers.trunkHelp')}>
        <Select
          maw={360}
          aria-label={t('numbers.trunk')}
          value={fields.trunk_id === null ? ANY_TRUNK : String(fields.trunk_id)}
          onChange={(id) => onFields({ ...fields, trunk_id: id === ANY_TRUNK ? null : Number(id) })}
          data={[
            { value: ANY_TRUNK, label: t('numbers.anyTrunk') },
            ...(trunks?.items ?? []).map(({ id, name, enabled }) => ({
              value: String(id),
              label: enabled ? name : t('numbers.disabledTrunk', { name }),
            })),
          ]}
        />
        {trunks?.items.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('numbers.noTrunk')}{' '}
            <Link to="/settings/$section" params={{ section: 'trunks' }}>
              {t('numbers.toTrunks')}
            </Link>
          </Text>
        )}
      </Section>
      <PresentedNumbers mode={fields.mode} numbers={numbers} onChange={onNumbers} />
    </>
  );
}

interface PresentedNumbersProps {
  mode: Draft['fields']['mode'];
  numbers: Draft['numbers'];
  onChange: (numbers: Draft['numbers']) => void;
}

function PresentedNumbers({ mode, numbers, onChange }: PresentedNumbersProps) {
  const { t } = useTranslation('campaigns');
  const { data: known } = useQuery(presentedNumbersQuery);
  const [byZone, setByZone] = useState(numbers.some(({ zone }) => zone !== ''));
  const choices = (known?.items ?? []).map(({ id, e164, label, active }) => ({
    value: String(id),
    label: label ? `${formatPhone(e164)} (${label})` : formatPhone(e164),
    disabled: !active,
  }));
  const of = (zone: Zone): string | null => {
    const found = numbers.find((one) => one.zone === zone);
    return found ? String(found.number_id) : null;
  };
  const set = (zone: Zone, id: string | null): void => {
    const others = numbers.filter((one) => one.zone !== zone);
    onChange(id ? [...others, { zone, number_id: Number(id) }] : others);
  };
  const choose = (value: string): void => {
    setByZone(value === 'zone');
    if (value === 'fixed') onChange(numbers.filter(({ zone }) => zone === ''));
  };
  const picker = (zone: Zone, label: string) => (
    <Select
      maw={360}
      searchable
      clearable
      aria-label={label}
      placeholder={zone ? t('numbers.default') : t('numbers.choose')}
      data={choices}
      value={of(zone)}
      onChange={(id) => set(zone, id)}
    />
  );
  return (
    <Section title={t('numbers.presented')} help={t(`numbers.help.${mode}`)}>
      <SegmentedControl
        maw={420}
        aria-label={t('numbers.presented')}
        value={byZone ? 'zone' : 'fixed'}
        onChange={choose}
        data={[
          { value: 'fixed', label: t('numbers.fixed') },
          { value: 'zone', label: t('numbers.byZone') },
        ]}
      />
      {known?.items.length === 0 && (
        <Alert color="yellow" py="xs">
          {t('numbers.none')}{' '}
          <Link to="/settings/$section" params={{ section: 'numbers' }}>
            {t('numbers.toNumbers')}
          </Link>
        </Alert>
      )}
      {byZone ? (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('numbers.called')}</th>
              <th scope="col">{t('numbers.shown')}</th>
            </tr>
          </thead>
          <tbody>
            {ZONES.map((zone) => (
              <tr key={zone}>
                <td>{t(`numbers.zone.${zone}`)}</td>
                <td>{picker(zone, t(`numbers.zone.${zone}`))}</td>
              </tr>
            ))}
            <tr>
              <td>{t('numbers.zone.other')}</td>
              <td>{picker('', t('numbers.zone.other'))}</td>
            </tr>
          </tbody>
        </table>
      ) : (
        picker('', t('numbers.presented'))
      )}
    </Section>
  );
}
