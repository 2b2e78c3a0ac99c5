/** The one save bar of a form page: what is not saved yet, what was refused, and the two ways out. Leaving with changes asks first. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorFromThrown } from '@/lib/api/error';
import classes from './SaveBar.module.css';

interface SaveBarProps {
  dirty: boolean;
  saving: boolean;
  error?: unknown;
  /** What stands in the way of saving, where the form itself knows ("2 champs à corriger"). */
  problem?: string | undefined;
  onSave: () => void;
  onDiscard: () => void;
  /** This address and those below it belong to the same form: going there loses nothing. */
  within: string;
}

export function SaveBar({ dirty, saving, error, problem, onSave, onDiscard, within }: SaveBarProps) {
  const { t } = useTranslation('forms');
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => dirty && next.pathname !== within && !next.pathname.startsWith(`${within}/`),
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  const save = (): void => {
    if (dirty && !saving && !problem) onSave();
  };
  useHotkeys([['mod+S', save]], []);
  return (
    <div
      className={classes.bar}
      role="region"
      aria-label={t('saveBar')}
      data-testid="save-bar"
      data-dirty={dirty || undefined}
    >
      <Text size="sm" role="status" c={error || problem ? 'var(--state-fault-ink)' : 'dimmed'} lineClamp={2}>
        {error ? errorFromThrown(error).message : (problem ?? (dirty ? t('unsaved') : t('allSaved')))}
      </Text>
      <Group gap="sm" wrap="nowrap">
        <Button variant="default" disabled={!dirty || saving} onClick={onDiscard}>
          {t('discard')}
        </Button>
        <Button
          disabled={!dirty || Boolean(problem)}
          loading={saving}
          onClick={save}
          aria-keyshortcuts="Control+S"
        >
          {t('common:actions.save')}
        </Button>
      </Group>
      <Modal
        opened={blocker.status === 'blocked'}
        onClose={() => blocker.reset?.()}
        title={t('leave.title')}
        closeButtonProps={{ 'aria-label': t('common:actions.close') }}
      >
        <Text size="sm">{t('leave.text')}</Text>
        <Group justify="end" mt="lg">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('leave.lose')}
          </Button>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            {t('leave.stay')}
          </Button>
        </Group>
      </Modal>
    </div>
  );
}
