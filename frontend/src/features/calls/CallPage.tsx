/** One call at an address of its own, to be sent to somebody. */
import { Anchor, Group } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import { Call } from './Call';

export function CallPage() {
  const { t } = useTranslation('calls');
  const { id } = useParams({ strict: false }) as { id: string };
  const title = (
    <Group gap="sm">
      <Anchor component={Link} to="/calls" c="dimmed" inherit>
        {t('title')}
      </Anchor>
      <span aria-hidden>›</span>
      {t('one')}
    </Group>
  );
  return (
    <Page title={title}>
      <div style={{ maxWidth: '44rem' }}>
        <Call id={id} />
      </div>
    </Page>
  );
}
