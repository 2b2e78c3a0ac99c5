/** Pause now, or after this call; the reasons are the floor's own. */
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconCoffee, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { act, useDesktop } from '../floor';
import { liveCall } from '../model';
import { ownKeys, setPanel, usePanel } from '../panels';
import { pauseReasonsQuery } from '../queries';

export function PauseMenu() {
  const { t } = useTranslation('agent-desktop');
  const open = usePanel();
  const { data: reasons } = useQuery(pauseReasonsQuery);
  const busy = useDesktop((state) => liveCall(state) !== null || state.state.code === 'wrap_up');
  const next = useDesktop((state) => state.state.next);
  const nextReason = useDesktop((state) => state.state.next_pause_reason_id);
  const paused = useDesktop((state) => state.state.code === 'paused');

  if (next) {
    const reason = reasons?.find(({ id }) => id === nextReason)?.label ?? t('pause.title');
    const planned = next === 'pause' ? t('next.pause', { reason }) : t(`next.${next}`);
    return (
      <Button
        size="xs"
        variant="light"
        color="yellow"
        c="var(--state-wrap_up-ink)"
        rightSection={<IconX size={14} aria-hidden />}
        onClick={() => void act('cancel_next')}
        title={`${planned} – ${t('next.cancel')}`}
        data-testid="cancel-next"
      >
        {planned}
      </Button>
    );
  }
  return (
    <Menu
      opened={open?.panel === 'pause'}
      onChange={(opened) => setPanel(opened ? { panel: 'pause' } : null)}
      position="bottom-end"
      width={240}
    >
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCoffee size={15} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-keyshortcuts="p"
          data-testid="pause-menu"
        >
          {t('pause.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown {...ownKeys(open?.panel === 'pause')}>
        <Menu.Label>{busy ? t('pause.afterCall') : t('pause.now')}</Menu.Label>
        {reasons
          ?.filter(({ active }) => active)
          .map((reason) => (
            <Menu.Item key={reason.id} onClick={() => void act('pause', { reason_id: reason.id })}>
              {reason.label}
            </Menu.Item>
          ))}
        {paused && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void act('ready')}>{t('act.ready')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
