/** One outcome being edited. */
import { Checkbox, Group, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ColorPick } from '@/components/form/ColorPick';
import { DurationInput } from '@/components/form/DurationInput';
import type { DraftDisposition } from '../draft';
import { ListButtons, moveWithArrows } from '@/components/ListButtons';
import { DESKTOP_LETTERS } from '@/lib/desktop-letters';

interface OutcomeRowProps {
  row: DraftDisposition;
  index: number;
  count: number;
  keyTaken: boolean;
  onChange: (change: Partial<DraftDisposition>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

const TONES = ['positive', 'neutral', 'negative'] as const;
const EFFECTS = ['close', 'callback', 'retry', 'do_not_call'] as const;

export function OutcomeRow({ row, index, count, keyTaken, onChange, onMove, onRemove }: OutcomeRowProps) {
  const { t } = useTranslation('campaigns');
  const name = row.label || t('outcomes.unnamed');
  const ofDesktop = row.active && row.key !== '' && DESKTOP_LETTERS.includes(row.key);
  return (
    <tr
      data-off={row.active ? undefined : true}
      onKeyDown={moveWithArrows(index, onMove)}
      data-testid={`outcome-${index}`}
    >
      <td data-keep>
        <ListButtons name={name} index={index} count={count} onMove={onMove} onRemove={onRemove} />
      </td>
      <td>
        <Group gap={6} wrap="nowrap">
          <ColorPick
            value={row.color}
            label={t('outcomes.colorOf', { name })}
            onChange={(color) => onChange({ color: color as DraftDisposition['color'] })}
          />
          <TextInput
            miw={150}
            flex={1}
            maxLength={60}
            aria-label={t('outcomes.label')}
            placeholder={t('outcomes.unnamed')}
            value={row.label}
            error={!row.label.trim()}
            onChange={(event) => onChange({ label: event.currentTarget.value })}
          />
        </Group>
      </td>
      <td>
        <TextInput
          w={44}
          maxLength={1}
          aria-label={t('outcomes.keyOf', { name })}
          value={row.key}
          error={keyTaken || ofDesktop}
          title={ofDesktop ? t('outcomes.keyOfDesktop') : keyTaken ? t('outcomes.keyTaken') : undefined}
          onChange={(event) =>
            onChange({ key: event.currentTarget.value.toLowerCase().replace(/[^0-9a-z]/g, '') })
          }
        />
      </td>
      <td>
        <Checkbox
          aria-label={t('outcomes.reachedOf', { name })}
          checked={row.reached}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? { reached: true } : { reached: false, pitched: false })
          }
        />
      </td>
      <td>
        <Checkbox
          aria-label={t('outcomes.pitchedOf', { name })}
          checked={row.pitched}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? { pitched: true, reached: true } : { pitched: false })
          }
        />
      </td>
      <td>
        <Select
          w={112}
          aria-label={t('outcomes.toneOf', { name })}
          data={TONES.map((code) => ({ value: code, label: t(`words:tone.${code}`) }))}
          value={row.tone}
          onChange={(tone) => onChange({ tone: tone as DraftDisposition['tone'] })}
        />
      </td>
      <td>
        <Stack gap={4}>
          <Select
            w={196}
            aria-label={t('outcomes.effectOf', { name })}
            data={EFFECTS.map((code) => ({ value: code, label: t(`words:effect.${code}`) }))}
            value={row.effect}
            onChange={(effect) => onChange({ effect: effect as DraftDisposition['effect'] })}
          />
          {row.effect === 'retry' && (
            <DurationInput
              size="xs"
              aria-label={t('outcomes.delayOf', { name })}
              units={['min', 'h', 'd']}
              min={60}
              max={90 * 86_400}
              value={row.retry_delay_s}
              onChange={(retry_delay_s) => onChange({ retry_delay_s })}
            />
          )}
        </Stack>
      </td>
      <td>
        <Checkbox
          aria-label={t('outcomes.appointmentOf', { name })}
          checked={row.wants_appointment}
          onChange={(event) => onChange({ wants_appointment: event.currentTarget.checked })}
        />
      </td>
      <td data-keep>
        <Switch
          aria-label={t('outcomes.activeOf', { name })}
          checked={row.active}
          onChange={(event) => onChange({ active: event.currentTarget.checked })}
        />
      </td>
    </tr>
  );
}
