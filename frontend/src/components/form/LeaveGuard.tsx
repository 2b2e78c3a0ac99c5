/** Asks before what was changed is lost: on going elsewhere in Décroche, and on closing the tab. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

interface LeaveGuardProps {
  /** Whether the page's form has changes that are not saved. */
  dirty: boolean;
  /** Parts of the page whose changes wait for a button of their own ("Appliquer"). */
  unapplied?: string[];
  /** This address and those below it belong to the same page: going there loses nothing. */
  within: string;
}

export function LeaveGuard({ dirty, unapplied = [], within }: LeaveGuardProps) {
  const { t } = useTranslation('forms');
  const loses = dirty || unapplied.length > 0;
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => loses && next.pathname !== within && !next.pathname.startsWith(`${within}/`),
    enableBeforeUnload: () => loses,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={t(dirty ? 'leave.title' : 'leave.titleUnapplied')}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {dirty && <Text size="sm">{t('leave.text')}</Text>}
      {unapplied.length > 0 && (
        <Text size="sm" mt={dirty ? 'xs' : 0}>
          {t('leave.unapplied', { parts: unapplied.join(', ') })}
        </Text>
      )}
      <Group justify="end" mt="lg">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('leave.lose')}
        </Button>
        <Button onClick={() => blocker.reset?.()} data-autofocus>
          {t('leave.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
