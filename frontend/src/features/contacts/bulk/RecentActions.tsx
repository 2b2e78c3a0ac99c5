/** The last bulk actions, whoever did them: how they went, and the way to take them back. */
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { ActionLine } from './ActionLine';
import classes from './Bulk.module.css';
import { actionsQuery } from '@/lib/api/bulk-actions';

export function RecentActions() {
  const { t } = useTranslation('search');
  const { data, error, refetch } = useQuery(actionsQuery);
  return (
    <section className={classes.actions} aria-label={t('bulk.recent')} data-testid="recent-actions">
      {error ? <ErrorMessage error={error} onRetry={() => void refetch()} /> : null}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('bulk.noneYet')}
        </Text>
      )}
      <Stack gap="md">
        {data?.map((action) => (
          <ActionLine key={action.id} action={action} />
        ))}
      </Stack>
    </section>
  );
}
