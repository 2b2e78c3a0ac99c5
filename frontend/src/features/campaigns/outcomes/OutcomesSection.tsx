/** The buttons under the record: their words, colours, keys, what each says of the call, and what it does to the contact. */
import { Button, Group, Switch, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import classes from '../Campaign.module.css';
import { type DraftDisposition, moved, uid } from '../draft';
import { OutcomeButtons } from './OutcomeButtons';
import { OutcomeRow } from './OutcomeRow';

interface OutcomesSectionProps {
  rows: DraftDisposition[];
  hangsUp: boolean;
  onChange: (rows: DraftDisposition[]) => void;
  onHangsUp: (hangsUp: boolean) => void;
}

const HOUR_S = 3600;

function fresh(rows: DraftDisposition[]): DraftDisposition {
  const taken = new Set(rows.map(({ key }) => key));
  const key = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].find((digit) => !taken.has(digit)) ?? '';
  return {
    uid: uid(),
    id: null,
    label: '',
    color: 'gray',
    key,
    reached: true,
    pitched: false,
    tone: 'neutral',
    effect: 'close',
    retry_delay_s: HOUR_S,
    wants_appointment: false,
    active: true,
  };
}

export function OutcomesSection({ rows, hangsUp, onChange, onHangsUp }: OutcomesSectionProps) {
  const { t } = useTranslation('campaigns');
  const keys = rows.filter(({ active, key }) => active && key).map(({ key }) => key);
  return (
    <>
      <Section title={t('outcomes.title')} help={t('outcomes.help')} stacked>
        <div style={{ overflowX: 'auto' }}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('outcomes.order')}</th>
                <th scope="col">{t('outcomes.label')}</th>
                <th scope="col">{t('outcomes.key')}</th>
                <th scope="col">{t('outcomes.reached')}</th>
                <th scope="col">{t('outcomes.pitched')}</th>
                <th scope="col">{t('outcomes.tone')}</th>
                <th scope="col">{t('outcomes.effect')}</th>
                <th scope="col">{t('outcomes.appointment')}</th>
                <th scope="col">{t('outcomes.active')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <OutcomeRow
                  key={row.uid}
                  row={row}
                  index={index}
                  count={rows.length}
                  keyTaken={row.active && keys.filter((key) => key === row.key).length > 1}
                  onChange={(change) =>
                    onChange(rows.map((one, i) => (i === index ? { ...one, ...change } : one)))
                  }
                  onMove={(to) => onChange(moved(rows, index, to))}
                  onRemove={() => onChange(rows.filter((_, i) => i !== index))}
                />
              ))}
            </tbody>
          </table>
        </div>
        <Group justify="space-between">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange([...rows, fresh(rows)])}
            data-testid="add-outcome"
          >
            {t('outcomes.add')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('outcomes.arrows')}
          </Text>
        </Group>
      </Section>
      <Section title={t('outcomes.preview')} help={t('outcomes.previewHelp')} stacked>
        <OutcomeButtons rows={rows} />
        <Switch
          label={t('outcomes.hangsUp')}
          description={t('outcomes.hangsUpHelp')}
          checked={hangsUp}
          onChange={(event) => onHangsUp(event.currentTarget.checked)}
        />
      </Section>
    </>
  );
}
