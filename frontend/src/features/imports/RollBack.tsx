/** Takes a batch back, after saying what that will do. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import classes from './Imports.module.css';
import type { ImportDetail } from './types';

/** What changes nothing has the focus first: Enter pressed once too often takes nothing back. */
const focus = (node: HTMLButtonElement | null): void => node?.focus();

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
  const comesBack = useRef(false);
  const keep = (): void => {
    comesBack.current = true;
    setAsking(false);
  };
  if (!asking)
    return (
      <Button
        variant="light"
        color="red"
        ref={(node: HTMLButtonElement | null) => {
          if (node && comesBack.current) node.focus();
          comesBack.current = false;
        }}
        onClick={() => setAsking(true)}
        data-testid="roll-back"
      >
        {t('rollBack.open')}
      </Button>
    );
  return (
    <Alert
      color="red"
      title={t('rollBack.title')}
      w="100%"
      role="group"
      aria-label={t('rollBack.title')}
      onKeyDown={({ key }) => key === 'Escape' && !busy && keep()}
    >
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
          <Button variant="default" ref={focus} onClick={keep}>
            {t('rollBack.keep')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
