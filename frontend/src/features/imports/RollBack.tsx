/** Takes a batch back, after saying what that will do. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import classes from './Imports.module.css';
import type { ImportDetail } from './types';

export function RollBack({ batch, onDone }: { batch: ImportDetail; onDone: () => void }) {
  const { t } = useTranslation('imports');
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const go = (): void => {
    setBusy(true);
    unwrap(api.POST('/api/imports/{batch_id}/roll-back', { params: { path: { batch_id: batch.id } } }))
      .then(onDone, notifyError)
      .finally(() => {
        setBusy(false);
        setAsking(false);
      });
  };
  if (!asking)
    return (
      <Button variant="light" color="red" onClick={() => setAsking(true)} data-testid="roll-back">
        {t('rollBack.open')}
      </Button>
    );
  return (
    <Alert color="red" title={t('rollBack.title')} w="100%" role="group">
      <Stack gap="sm">
        <ul className={classes.list}>
          {batch.counts.new > 0 && <li>{t('rollBack.new', { count: batch.counts.new })}</li>}
          {batch.counts.updated > 0 && <li>{t('rollBack.updated', { count: batch.counts.updated })}</li>}
          {batch.campaign && <li>{t('rollBack.queue', { campaign: batch.campaign.name })}</li>}
          <li>{t('rollBack.kept')}</li>
          <li>{t('rollBack.fields')}</li>
        </ul>
        <Text size="sm">{t('rollBack.final')}</Text>
        <Group>
          <Button color="red" loading={busy} onClick={go} data-testid="roll-back-confirm">
            {t('rollBack.confirm')}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            {t('rollBack.keep')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
