/** When the campaign may call, in the contact's own time zone, with the week drawn beside the law's. */
import { ActionIcon, Alert, Button, Chip, Group, Text } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import classes from '../Campaign.module.css';
import type { Draft } from '../draft';
import type { Hours } from '../types';
import { beyondLegal, LEGAL, ofDay } from './hours';

interface HoursSectionProps {
  fields: Draft['fields'];
  onChange: (fields: Draft['fields']) => void;
}

const DAYS = [0, 1, 2, 3, 4, 5, 6];

export function HoursSection({ fields, onChange }: HoursSectionProps) {
  const { t } = useTranslation('campaigns');
  const set = (hours: Hours[]): void => onChange({ ...fields, hours });
  const change = (index: number, some: Partial<Hours>): void =>
    set(fields.hours.map((one, i) => (i === index ? { ...one, ...some } : one)));
  return (
    <>
      <Section title={t('hours.title')} help={t('hours.help')}>
        {fields.hours.map((stretch, index) => (
          <Stretch
            key={index}
            stretch={stretch}
            index={index}
            onChange={(some) => change(index, some)}
            onRemove={() => set(fields.hours.filter((_, i) => i !== index))}
          />
        ))}
        {fields.hours.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('hours.none')}
          </Text>
        )}
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => set([...fields.hours, { days: [0, 1, 2, 3, 4], from: '10:00', to: '13:00' }])}
          >
            {t('hours.add')}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => set(LEGAL)}>
            {t('hours.reset')}
          </Button>
        </Group>
        {beyondLegal(fields.hours) && (
          <Alert color="yellow" py="xs">
            {t(`hours.beyond.${fields.audience}`)}
          </Alert>
        )}
      </Section>
      <Section title={t('hours.week')} help={t('hours.weekHelp')}>
        <Week hours={fields.hours} />
      </Section>
    </>
  );
}

interface StretchProps {
  stretch: Hours;
  index: number;
  onChange: (some: Partial<Hours>) => void;
  onRemove: () => void;
}

function Stretch({ stretch, index, onChange, onRemove }: StretchProps) {
  const { t } = useTranslation('campaigns');
  const label = t('hours.stretch', { number: index + 1 });
  const wrong = stretch.from >= stretch.to;
  return (
    <Group gap="sm" wrap="nowrap" align="start" role="group" aria-label={label}>
      <Chip.Group
        multiple
        value={stretch.days.map(String)}
        onChange={(days) => onChange({ days: days.map(Number).sort() })}
      >
        <Group gap={4} wrap="nowrap" mt={3}>
          {DAYS.map((day) => (
            <Chip
              key={day}
              value={String(day)}
              size="xs"
              radius="sm"
              icon={null}
              styles={{ iconWrapper: { display: 'none' }, label: { paddingInline: 8 } }}
            >
              {t(`hours.short.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Clock label={t('hours.from')} value={stretch.from} onChange={(from) => onChange({ from })} />
      <Text size="sm" mt={4}>
        {t('hours.to')}
      </Text>
      <Clock
        label={t('hours.until')}
        value={stretch.to === '24:00' ? '23:59' : stretch.to}
        error={wrong ? t('hours.wrong') : stretch.days.length === 0 ? t('hours.noDay') : undefined}
        onChange={(to) => onChange({ to: to === '23:59' ? '24:00' : to })}
      />
      <ActionIcon color="gray" mt={2} aria-label={t('forms:remove', { name: label })} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}

interface ClockProps {
  label: string;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

/** "HH:MM" on 24 hours whatever the browser's habits; nothing is told while it is half typed. */
function Clock({ label, value, error, onChange }: ClockProps) {
  const { t } = useTranslation('campaigns');
  return (
    <TimePicker
      size="xs"
      w={76}
      format="24h"
      aria-label={label}
      hoursInputLabel={`${label} : ${t('hours.hours')}`}
      minutesInputLabel={`${label} : ${t('hours.minutes')}`}
      value={value}
      error={error}
      onChange={(typed) => typed && onChange(typed.slice(0, 5))}
    />
  );
}

/** Shown hours of the day. */
const [FIRST, LAST] = [7, 22];
const at = (hour: number): number => Math.max(0, Math.min(100, (100 * (hour - FIRST)) / (LAST - FIRST)));
const span = ([from, to]: [number, number]) => ({ left: `${at(from)}%`, width: `${at(to) - at(from)}%` });

function Week({ hours }: { hours: Hours[] }) {
  const { t } = useTranslation('campaigns');
  return (
    <div className={classes.week} aria-hidden>
      {DAYS.map((day) => (
        <WeekDay key={day} name={t(`hours.short.${day}`)} legal={ofDay(LEGAL, day)} own={ofDay(hours, day)} />
      ))}
      <span />
      <div className={classes.scale}>
        {[8, 10, 12, 14, 16, 18, 20].map((hour) => (
          <span key={hour} style={{ left: `${at(hour)}%` }}>
            {t('hours.hour', { hour })}
          </span>
        ))}
      </div>
    </div>
  );
}

function WeekDay({ name, legal, own }: { name: string; legal: [number, number][]; own: [number, number][] }) {
  return (
    <>
      <span>{name}</span>
      <div className={classes.day}>
        {legal.map((stretch) => (
          <span key={stretch[0]} className={classes.legal} style={span(stretch)} />
        ))}
        {own.map((stretch) => (
          <span key={`${stretch[0]}-${stretch[1]}`} className={classes.stretch} style={span(stretch)} />
        ))}
      </div>
    </>
  );
}
