/** The outcomes, always below the record; given during the call or after it. */
import { Text, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '@/components/KeyHint';
import { useDesktop } from '../floor';
import type { Disposition } from '../model';
import { cancelConfirming, choose, mayDispose, useConfirming, withKeys } from './choose';
import classes from './OutcomeBar.module.css';

interface OutcomeBarProps {
  dispositions: Disposition[] | undefined;
  hangsUp: boolean;
}

export function OutcomeBar({ dispositions, hangsUp }: OutcomeBarProps) {
  const { t } = useTranslation('agent-desktop');
  const call = useDesktop((state) => state.call);
  const confirming = useConfirming();
  useEffect(() => () => void cancelConfirming(), [call?.id]);
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // As high as it has been: what is above does not move as calls of one campaign and of another take turns.
    if (bar.current) bar.current.style.minHeight = `${bar.current.offsetHeight}px`;
  }, [dispositions]);
  return (
    <div
      ref={bar}
      className={classes.bar}
      role="group"
      aria-label={t('outcomes.title')}
      data-testid="outcomes"
    >
      {dispositions && withKeys(dispositions).length === 0 && (
        <Text size="sm" c="dimmed">
          {t('outcomes.none')}
        </Text>
      )}
      {withKeys(dispositions ?? []).map(({ disposition, key }) => {
        const chosen = call?.disposition_id === disposition.id;
        const asks = confirming === disposition.id;
        return (
          <UnstyledButton
            key={disposition.id}
            className={classes.outcome}
            disabled={!mayDispose(call)}
            aria-pressed={chosen}
            aria-keyshortcuts={key || undefined}
            data-asks={asks || undefined}
            data-testid={`outcome-${key || disposition.id}`}
            data-effect={disposition.effect}
            style={{ '--outcome': `var(--mantine-color-${disposition.color}-filled)` }}
            title={hangsUp ? t('outcomes.hangsUp') : undefined}
            onClick={() => choose(disposition)}
          >
            <span className={classes.mark} data-chosen={chosen || undefined}>
              {key && <KeyHint>{key.toUpperCase()}</KeyHint>}
              {chosen && <IconCheck size={15} aria-hidden />}
            </span>
            <span className={classes.words} data-asks={asks || undefined}>
              <span>{disposition.label}</span>
              {disposition.effect === 'do_not_call' && (
                <span className={classes.asked}>
                  {disposition.label}
                  <span className={classes.question}>
                    {t('outcomes.confirm', { key: key.toUpperCase() })}
                  </span>
                </span>
              )}
            </span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}
