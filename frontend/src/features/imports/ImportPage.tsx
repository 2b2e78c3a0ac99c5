/** One batch: the wizard while it is a draft, its progress while it runs, its result afterwards. */
import { Anchor, Center, Group, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Page } from '@/components/Page';
import { Progressing } from './Progressing';
import { importQuery } from './queries';
import { Result } from './Result';
import { StatusBadge } from './StatusBadge';
import { isActive } from './types';
import { Wizard } from './wizard/Wizard';

export function ImportPage() {
  const { t } = useTranslation('imports');
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: batch, error, refetch } = useQuery(importQuery(Number(id)));
  const title = (
    <Group gap="sm" wrap="nowrap">
      <Anchor component={Link} to="/imports" c="dimmed" inherit>
        {t('title')}
      </Anchor>
      <span aria-hidden>›</span>
      <span>{batch ? batch.name || batch.file_name : t('common:loading')}</span>
      {batch && <StatusBadge status={batch.status} />}
    </Group>
  );
  if (batch?.status === 'draft') return <Wizard key={batch.id} batch={batch} title={title} />;
  return (
    <Page title={title}>
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!batch && !error && (
        <Center mih="30vh">
          <Loader size="sm" role="status" aria-label={t('common:loading')} />
        </Center>
      )}
      {batch && (isActive(batch) ? <Progressing batch={batch} /> : <Result batch={batch} />)}
    </Page>
  );
}
