/** What became of a file's consents: proofs written into the ledger, and why the other rows brought none. */
import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format/number';
import classes from './Imports.module.css';
import type { ImportDetail } from './types';

export function ConsentsFound({ consents }: { consents: NonNullable<ImportDetail['consents']> }) {
  const { t } = useTranslation('imports');
  return (
    <Paper p="md" data-testid="batch-consents">
      <Title order={2} size="h3" mb="xs">
        {t('consent.title')}
      </Title>
      <Text size="sm" fw={600}>
        {t('consent.recorded', { count: consents.recorded })}
        {consents.known > 0 && ` · ${t('consent.known', { count: consents.known })}`}
      </Text>
      {consents.reasons.length > 0 && (
        <>
          <Text size="sm" mt="xs">
            {t('consent.without')}
          </Text>
          <ul className={classes.list}>
            {consents.reasons.map(({ code, reason, count }) => (
              <li key={code}>{t('reasons.line', { rows: formatNumber(count), reason })}</li>
            ))}
          </ul>
        </>
      )}
    </Paper>
  );
}
