/** Through which trunk the calls leave, and which number the contact sees. */
import { Alert, CloseButton, MultiSelect, SegmentedControl, Select, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import { api, unwrap } from '@/lib/api/client';
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
const departmentsQuery = queryOptions({
  queryKey: ['territory-places', ''],
  queryFn: () => unwrap(api.GET('/api/territory-places')),
  select: ({ items }) => items.filter(({ kind }) => kind === 'department'),
  staleTime: Infinity,
});

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

type Way = 'fixed' | 'zone' | 'department';

/** Several numbers for the same calls take turns; in automatic modes only the lawful ones can be chosen. */
function PresentedNumbers({ mode, numbers, onChange }: PresentedNumbersProps) {
  const { t } = useTranslation('campaigns');
  const { data: known } = useQuery(presentedNumbersQuery);
  const [way, setWay] = useState<Way>(wayOf(numbers));
  const choose = (value: string): void => {
    setWay(value as Way);
    onChange(
      numbers.filter(
        (one) => (one.zone === '' || value === 'zone') && (one.department === '' || value === 'department'),
      ),
    );
  };
  const set = (zone: Zone, department: string, ids: string[]): void => {
    const others = numbers.filter((one) => one.zone !== zone || one.department !== department);
    onChange([...others, ...ids.map((id) => ({ zone, department, number_id: Number(id) }))]);
  };
  const picker = (zone: Zone, department: string, label: string) => (
    <NumbersPicker
      label={label}
      mode={mode}
      placeholder={zone || department ? t('numbers.default') : t('numbers.choose')}
      value={numbers.filter((one) => one.zone === zone && one.department === department)}
      onChange={(ids) => set(zone, department, ids)}
    />
  );
  return (
    <Section title={t('numbers.presented')} help={t(`numbers.help.${mode}`)}>
      <SegmentedControl
        maw={560}
        aria-label={t('numbers.presented')}
        value={way}
        onChange={choose}
        data={[
          { value: 'fixed', label: t('numbers.fixed') },
          { value: 'zone', label: t('numbers.byZone') },
          { value: 'department', label: t('numbers.byDepartment') },
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
      {way === 'fixed' && picker('', '', t('numbers.presented'))}
      {way === 'zone' && (
        <ShownTable
          rows={ZONES.map((zone) => ({
            id: zone,
            name: t(`numbers.zone.${zone}`),
            picker: picker(zone, '', t(`numbers.zone.${zone}`)),
          }))}
          others={picker('', '', t('numbers.zone.other'))}
        />
      )}
      {way === 'department' && <ByDepartment numbers={numbers} picker={picker} onRemove={set} />}
      <Text size="xs" c="dimmed">
        {t('numbers.turns')}
      </Text>
    </Section>
  );
}

function wayOf(numbers: Draft['numbers']): Way {
  if (numbers.some(({ department }) => department !== '')) return 'department';
  return numbers.some(({ zone }) => zone !== '') ? 'zone' : 'fixed';
}

interface NumbersPickerProps {
  label: string;
  placeholder: string;
  mode: Draft['fields']['mode'];
  value: Draft['numbers'];
  onChange: (ids: string[]) => void;
}

function NumbersPicker({ label, placeholder, mode, value, onChange }: NumbersPickerProps) {
  const { t } = useTranslation('campaigns');
  const { data: known } = useQuery(presentedNumbersQuery);
  const automatic = mode !== 'manual' && mode !== 'preview';
  const data = (known?.items ?? []).map((one) => {
    const name = one.label ? `${formatPhone(one.e164)} (${one.label})` : formatPhone(one.e164);
    const lawful = automatic ? one.serves_automatic : one.serves_by_hand;
    const why = !one.active
      ? t('numbers.why.inactive')
      : lawful
        ? ''
        : t(`numbers.why.${one.range}`, { defaultValue: t('numbers.why.other') });
    return { value: String(one.id), label: why ? `${name} : ${why}` : name, disabled: why !== '' };
  });
  const ids = value.map(({ number_id }) => String(number_id));
  return (
    <MultiSelect
      maw={520}
      searchable
      clearable
      aria-label={label}
      placeholder={ids.length === 0 ? placeholder : ''}
      data={data}
      value={ids}
      onChange={onChange}
    />
  );
}

interface ShownRow {
  id: string;
  name: string;
  picker: ReactNode;
  remove?: ReactNode;
}

function ShownTable({ rows, others }: { rows: ShownRow[]; others: ReactNode }) {
  const { t } = useTranslation('campaigns');
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('numbers.called')}</th>
          <th scope="col">{t('numbers.shown')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, picker, remove }) => (
          <tr key={id}>
            <td>
              {name} {remove}
            </td>
            <td>{picker}</td>
          </tr>
        ))}
        <tr>
          <td>{t('numbers.zone.other')}</td>
          <td>{others}</td>
        </tr>
      </tbody>
    </table>
  );
}

interface ByDepartmentProps {
  numbers: Draft['numbers'];
  picker: (zone: Zone, department: string, label: string) => ReactNode;
  onRemove: (zone: Zone, department: string, ids: string[]) => void;
}

function ByDepartment({ numbers, picker, onRemove }: ByDepartmentProps) {
  const { t } = useTranslation('campaigns');
  const { data: places } = useQuery(departmentsQuery);
  const [added, setAdded] = useState<string[]>([]);
  const chosen = [...new Set([...numbers.map(({ department }) => department), ...added])]
    .filter((code) => code !== '')
    .sort();
  const names = new Map((places ?? []).map(({ code, name }) => [code, name]));
  const name = (code: string): string => names.get(code) ?? code;
  return (
    <>
      <ShownTable
        rows={chosen.map((code) => ({
          id: code,
          name: name(code),
          picker: picker('', code, name(code)),
          remove: (
            <CloseButton
              size="xs"
              aria-label={t('numbers.removeDepartment', { name: name(code) })}
              onClick={() => {
                setAdded(added.filter((one) => one !== code));
                onRemove('', code, []);
              }}
            />
          ),
        }))}
        others={picker('', '', t('numbers.zone.other'))}
      />
      <Select
        maw={320}
        searchable
        aria-label={t('numbers.addDepartment')}
        placeholder={t('numbers.addDepartment')}
        value={null}
        data={[...names]
          .filter(([code]) => !chosen.includes(code))
          .map(([code, label]) => ({ value: code, label }))}
        onChange={(code) => code && setAdded([...added, code])}
      />
    </>
  );
}
