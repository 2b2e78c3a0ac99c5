/** Persons' data: what goes at the end of its time, what went, what a person asks for, and the papers of the law. */
import { Center, Loader, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Below } from '@/components/Below';
import classes from '../Settings.module.css';
import { AccessRequests } from './AccessRequests';
import { Controller } from './Controller';
import { Notices } from './Notices';
import { accessRequestsQuery, noticesQuery, retentionQuery, useRetentionRuns } from './queries';
import { Register } from './Register';
import { RetentionLog } from './RetentionLog';
import { RetentionPreview } from './RetentionPreview';

export function PrivacySection() {
  const { t, i18n } = useTranslation('privacy');
  const retention = useQuery(retentionQuery);
  const requests = useQuery(accessRequestsQuery);
  const notices = useQuery(noticesQuery('', i18n.language));
  const runs = useRetentionRuns(retention.data?.running ?? false);
  // Tables one below the other: each would push down the forms of the next.
  const waits = retention.isPending || requests.isPending || notices.isPending || (!runs.rows && !runs.error);
  return (
    <section aria-label={t('title')}>
      <Title order={2}>{t('title')}</Title>
      <Text size="sm" c="dimmed" maw={720} mb="sm">
        {t('help')}
      </Text>
      {waits && (
        <Center mih="30vh">
          <Loader size="sm" role="status" aria-label={t('common:loading')} />
        </Center>
      )}
      <Below waits={waits}>
        <div className={classes.form}>
          <RetentionPreview />
          <AccessRequests />
          <RetentionLog runs={runs} />
          <Register />
          <Notices />
          <Controller />
        </div>
      </Below>
    </section>
  );
}
