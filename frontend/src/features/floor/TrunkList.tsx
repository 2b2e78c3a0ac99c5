/** Trunks: registration and how full they are. */
import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import type { TrunkRow } from '@/lib/floor/types';
import classes from './Floor.module.css';

function lookOf(code: TrunkRow['registration']): string | undefined {
  if (code === 'registered' || code === 'not_used') return classes.registered;
  return code === 'unknown' ? classes.unknown : classes.notRegistered;
}

export function TrunkList({ trunks }: { trunks: TrunkRow[] }) {
  const { t } = useTranslation('floor');
  return (
    <section className={classes.panel} aria-label={t('trunks')} style={{ maxHeight: '40%' }}>
      <div className={classes.panelHead}>{t('trunks')}</div>
      <div className={classes.panelBody}>
        {trunks.length === 0 && <EmptyState title={t('noTrunk')} />}
        {trunks.map((trunk) => (
          <div key={trunk.id} className={classes.line}>
            <Text size="sm" truncate title={trunk.name}>
              {trunk.name}
            </Text>
            <Text size="xs" className="tabular">
              {t('trunkUse', { calls: trunk.calls, limit: trunk.channel_limit })}
            </Text>
            <Text size="xs" className={lookOf(trunk.registration)}>
              {t(`words:registration.${trunk.registration}`)}
            </Text>
            <Progress
              w="4rem"
              size="xs"
              mt={6}
              value={trunk.channel_limit ? (100 * trunk.calls) / trunk.channel_limit : 0}
              aria-label={t('trunkUse', { calls: trunk.calls, limit: trunk.channel_limit })}
            />
          </div>
        ))}
      </div>
    </section>
  );
}
