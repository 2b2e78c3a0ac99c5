/** Calls in progress, the longest first. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Timer } from '@/components/StateBadge';
import type { AgentRow, CallRow } from '@/lib/floor/types';
import { formatPhone } from '@/lib/format/phone';
import classes from './Floor.module.css';

interface LiveCallsProps {
  calls: CallRow[];
  agents: AgentRow[];
  campaignNames: Map<number, string>;
  clockOffsetMs: number;
}

/** More than these are only counted: the table of agents shows every conversation. */
const SHOWN = 60;

export function LiveCalls({ calls, agents, campaignNames, clockOffsetMs }: LiveCallsProps) {
  const { t } = useTranslation('floor');
  const agentNames = new Map(agents.map((agent) => [agent.user_id, agent.name]));
  const sorted = [...calls].sort((a, b) => a.since.localeCompare(b.since)).slice(0, SHOWN);
  return (
    <section className={classes.panel} data-grow aria-label={t('calls')}>
      <div className={classes.panelHead}>
        <span>{t('calls')}</span>
        <span className="tabular">{calls.length}</span>
      </div>
      <div className={classes.panelBody} data-testid="live-calls">
        {sorted.length === 0 && (
          <Text size="sm" c="dimmed" p="sm">
            {t('noCall')}
          </Text>
        )}
        {sorted.map((call) => (
          <div key={call.id} className={classes.line}>
            <Text size="sm" truncate title={call.callee}>
              {call.callee || formatPhone(call.e164) || t('words:hiddenNumber')}
            </Text>
            <Timer since={call.since} until={undefined} clockOffsetMs={clockOffsetMs} />
            <Text size="xs" c="dimmed" truncate>
              {[
                call.direction === 'inbound' && t('words:inbound'),
                t(`words:callState.${call.state}`),
                agentNames.get(call.agent_id ?? 0),
                campaignNames.get(call.campaign_id ?? 0),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </div>
        ))}
        {calls.length > SHOWN && (
          <Text size="xs" c="dimmed" p="sm">
            {t('moreCalls', { count: calls.length - SHOWN })}
          </Text>
        )}
      </div>
    </section>
  );
}
