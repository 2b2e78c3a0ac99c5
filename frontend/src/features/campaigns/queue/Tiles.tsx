/** Where everybody stands: each contact is in one of these figures, and each figure opens its list. */
import { Group, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Counting } from '@/components/Counting';
import { formatNumber } from '@/lib/format/number';
import classes from './Queue.module.css';
import { type Behind, type Queue, STANDINGS } from './types';

interface TilesProps {
  queue: Queue;
  /** The figures are being counted again. */
  isCounting: boolean;
  onOpen: (behind: Behind) => void;
}

export function Tiles({ queue, isCounting, onOpen }: TilesProps) {
  const { t } = useTranslation('queue');
  return (
    <>
      <div className={classes.tiles}>
        {STANDINGS.map((standing) => (
          <UnstyledButton
            key={standing}
            className={classes.tile}
            data-main={standing === 'callable' || undefined}
            disabled={queue[standing] === 0}
            title={t(`standingHelp.${standing}`)}
            onClick={() => onOpen({ standing })}
            data-testid={`queue-${standing}`}
          >
            <span className={classes.figure}>{formatNumber(queue[standing])}</span>
            <span className={classes.word}>{t(`standing.${standing}`)}</span>
          </UnstyledButton>
        ))}
      </div>
      {/* As high as both, so that a count moves nothing of what is below. */}
      <Group gap="lg" mih={24}>
        <Text size="xs" c="dimmed">
          {t('total', { total: formatNumber(queue.total), never: formatNumber(queue.never_called) })}
        </Text>
        {isCounting && <Counting />}
      </Group>
    </>
  );
}
