/** Asterisk's own settings of the detection, put away until somebody wants them. */
import { Button, Collapse, Group, NumberInput, SimpleGrid } from '@mantine/core';
import { useDisclosure, useId } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format/number';
import type { AmdSettings } from '../types';
import { AMD_SETTINGS, isOutOfRange } from './amd';

interface AmdAdvancedProps {
  value: AmdSettings;
  usual: AmdSettings;
  onChange: (value: AmdSettings) => void;
}

export function AmdAdvanced({ value, usual, onChange }: AmdAdvancedProps) {
  const { t } = useTranslation('campaigns');
  const own = AMD_SETTINGS.filter(({ name }) => value[name] !== null).length;
  const [opened, { toggle }] = useDisclosure(false);
  const id = useId();
  return (
    <div>
      <Group gap="sm">
        <Button
          variant="default"
          size="xs"
          leftSection={
            opened ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />
          }
          aria-expanded={opened}
          aria-controls={id}
          onClick={toggle}
          data-testid="amd-advanced"
        >
          {own ? t('machines.advanced.own', { count: own }) : t('machines.advanced.allUsual')}
        </Button>
      </Group>
      <Collapse expanded={opened} id={id}>
        <SimpleGrid cols={2} spacing="md" mt="md">
          {AMD_SETTINGS.map((one) => {
            const { name, unit, min, max } = one;
            const range = t('machines.range', { min: formatNumber(min), max: formatNumber(max) });
            return (
              <NumberInput
                key={name}
                label={t(`machines.setting.${name}`)}
                description={t(`machines.settingHelp.${name}`)}
                placeholder={`${formatNumber(usual[name])}${t(`machines.unit.${unit}`)}`}
                suffix={t(`machines.unit.${unit}`)}
                allowDecimal={false}
                allowNegative={false}
                clampBehavior="none"
                min={min}
                max={max}
                step={unit === 'words' ? 1 : 50}
                startValue={usual[name] ?? min}
                value={value[name] ?? ''}
                error={isOutOfRange(one, value[name]) ? range : undefined}
                onChange={(typed) => onChange({ ...value, [name]: typed === '' ? null : Number(typed) })}
              />
            );
          })}
        </SimpleGrid>
      </Collapse>
    </div>
  );
}
