/** The notes' place between calls: the promises that come due; a click opens the record. */
import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/floor/hooks';
import { formatWhen } from '@/lib/format/time';
import { useHeldRows } from '@/lib/hold';
import { act, useClockOffset, useDesktop } from '../floor';
import { Section } from '../Section';
import classes from './Idle.module.css';

const idOf = ({ id }: { id: number | string }): string => String(id);

export function CallbacksDue() {
  const { t } = useTranslation('agent-desktop');
  const {
    rows: callbacks,
    gone,
    holder,
  } = useHeldRows(
    useDesktop((state) => state.callbacks),
    idOf,
  );
  const now = useNow(10_000) + useClockOffset();
  return (
    <Section title={t('callbacks.title')} grow={1} testId="callbacks-due">
      {callbacks.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('callbacks.none')}
        </Text>
      )}
      <div {...holder}>
        {callbacks.map((callback) => {
          const late = Date.parse(callback.due_at) < now;
          return (
            <UnstyledButton
              key={callback.id}
              className={classes.callback}
              disabled={gone.has(idOf(callback))}
              onClick={() => void act('open_record', { contact_id: callback.contact_id })}
            >
              <span className={classes.due} data-late={late || undefined}>
                {formatWhen(callback.due_at)}
                {late && ` · ${t('callbacks.late')}`}
              </span>
              <span className={classes.person}>{callback.contact_name}</span>
              {callback.note && (
                <Text component="span" size="sm" c="dimmed">
                  {callback.note}
                </Text>
              )}
            </UnstyledButton>
          );
        })}
      </div>
    </Section>
  );
}
