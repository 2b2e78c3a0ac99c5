/** What a supervisor can do to one agent: listen, whisper, barge in; pause, hang up, sign out. */
import { ActionIcon, Button, Group, Popover, Stack, Text, Tooltip } from '@mantine/core';
import { IconDotsVertical, IconEar, IconMessage2, IconUsersPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { notifyDone, notifyError } from '@/components/notify';
import type { AgentRow, SupervisorCommands } from '@/lib/floor/types';
import { superviseSocket } from '@/lib/floor/supervise';
import type { MonitoringControl } from './useMonitoring';

export interface Reason {
  id: number;
  label: string;
  active: boolean;
}

interface AgentActionsProps {
  row: AgentRow;
  reasons: Reason[];
  monitoring: MonitoringControl;
}

const MODES = [
  { mode: 'listen', icon: IconEar },
  { mode: 'whisper', icon: IconMessage2 },
  { mode: 'barge', icon: IconUsersPlus },
] as const;

export function AgentActions({ row, reasons, monitoring }: AgentActionsProps) {
  const { t } = useTranslation('floor');
  const current = monitoring.userId === row.user_id ? monitoring.mode : null;
  return (
    <Group gap={2} justify="end" wrap="nowrap">
      {MODES.map(({ mode, icon: Icon }) => (
        <Tooltip key={mode} label={t(`monitor.${mode}Help`)}>
          <ActionIcon
            color={current === mode ? 'ink' : 'gray'}
            variant={current === mode ? 'filled' : 'subtle'}
            aria-label={t(`monitor.${mode}Whom`, { name: row.name })}
            aria-pressed={current === mode}
            disabled={row.leg !== 'up' || monitoring.busy}
            data-testid={`${mode}-${row.user_id}`}
            onClick={() => monitoring.start(row.user_id, mode)}
          >
            <Icon size={17} />
          </ActionIcon>
        </Tooltip>
      ))}
      <MoreActions row={row} reasons={reasons} />
    </Group>
  );
}

const IN_CALL = new Set(['dialing', 'ringing', 'talking', 'hold']);

function MoreActions({ row, reasons }: Omit<AgentActionsProps, 'monitoring'>) {
  const { t } = useTranslation('floor');
  const [opened, setOpened] = useState(false);
  const run = <Name extends keyof SupervisorCommands>(
    done: string,
    ...command: Parameters<typeof superviseSocket.command<Name>>
  ): void => {
    setOpened(false);
    superviseSocket.command(...command).then(() => notifyDone(done), notifyError);
  };
  const inCall = IN_CALL.has(row.state);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus shadow="md" withinPortal>
      <Popover.Target>
        <ActionIcon
          color="gray"
          aria-label={t('more', { name: row.name })}
          aria-expanded={opened}
          data-testid={`more-${row.user_id}`}
          onClick={() => setOpened((o) => !o)}
        >
          <IconDotsVertical size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={250}>
          <Text size="sm" fw={600} truncate>
            {row.name}
          </Text>
          <Text size="xs" c="dimmed">
            {inCall ? t('pauseAfter') : t('pauseNow')}
          </Text>
          <Group gap={6}>
            {reasons
              .filter((reason) => reason.active)
              .map((reason) => (
                <Button
                  key={reason.id}
                  size="compact-sm"
                  variant="light"
                  color="gray"
                  onClick={() =>
                    run(t('done.pause', { name: row.name }), 'pause_agent', {
                      user_id: row.user_id,
                      reason_id: reason.id,
                    })
                  }
                >
                  {reason.label}
                </Button>
              ))}
          </Group>
          {inCall && (
            <ConfirmInline
              size="xs"
              color="red"
              variant="light"
              confirmLabel={t('hangUpConfirm')}
              onConfirm={() =>
                run(t('done.hangUp', { name: row.name }), 'hang_up_agent', { user_id: row.user_id })
              }
            >
              {t('hangUp')}
            </ConfirmInline>
          )}
          <ConfirmInline
            size="xs"
            color="red"
            variant="light"
            confirmLabel={t('signOutConfirm')}
            onConfirm={() =>
              run(t('done.signOut', { name: row.name }), 'sign_out_agent', { user_id: row.user_id })
            }
          >
            {t('signOut')}
          </ConfirmInline>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
