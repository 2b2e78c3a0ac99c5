/** The outcomes, always below the record; given during the call or after it. */
import { Text, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
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
  return (
    <div className={classes.bar} role="group" aria-label={t('outcomes.title')} data-testid="outcomes">
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
            {chosen ? <IconCheck size={15} aria-hidden /> : key && <KeyHint>{key.toUpperCase()}</KeyHint>}
            <span>
              {disposition.label}
              {asks && (
                <span className={classes.question}> {t('outcomes.confirm', { key: key.toUpperCase() })}</span>
              )}
            </span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}
