/** The numbers of both records, each with its kind in the one to come. What finds no kind is said to go. */
import { Alert, Group, Select, Text } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '@/lib/format/phone';
import classes from '../Contact.module.css';
import { type Comparison, PHONE_KINDS, type PhoneKind } from '../types';
import type { Placed } from './numbers';

interface NumberChoicesProps {
  numbers: Comparison['numbers'];
  placed: Placed;
  onChange: (e164: string, kind: PhoneKind | null) => void;
}

const GONE = 'gone';

export function NumberChoices({ numbers, placed, onChange }: NumberChoicesProps) {
  const { t } = useTranslation('contact-card');
  const lost = numbers.filter(({ e164 }) => !placed[e164]);
  if (numbers.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('noNumber')}
      </Text>
    );
  return (
    <>
      {numbers.map(({ e164, kept_as, other_as, do_not_call }) => (
        <Group key={e164} gap="md" wrap="nowrap" className={classes.number} data-testid="united-number">
          <Text size="sm" className="tabular" w="9.5rem">
            {formatPhone(e164)}
          </Text>
          <Select
            size="xs"
            w="11rem"
            aria-label={t('kindOf', { number: formatPhone(e164) })}
            data={[
              ...PHONE_KINDS.map((kind) => ({ value: kind, label: t(`common:phoneKind.${kind}`) })),
              { value: GONE, label: t('numberGoes') },
            ]}
            value={placed[e164] ?? GONE}
            onChange={(kind) => onChange(e164, kind === GONE ? null : (kind as PhoneKind))}
          />
          <Text size="xs" c="dimmed">
            {[
              kept_as && t('keptAs', { kind: t(`common:phoneKind.${kept_as}`) }),
              other_as && t('otherAs', { kind: t(`common:phoneKind.${other_as}`) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          {do_not_call && (
            <Group gap={4} c="var(--state-fault-ink)" wrap="nowrap">
              <IconPhoneOff size={13} aria-hidden />
              <Text size="xs">{t('contacts:onList')}</Text>
            </Group>
          )}
        </Group>
      ))}
      {lost.length > 0 && (
        <Alert color="yellow" role="status">
          {t('numbersGo', {
            count: lost.length,
            numbers: lost.map(({ e164 }) => formatPhone(e164)).join(', '),
          })}
        </Alert>
      )}
    </>
  );
}
