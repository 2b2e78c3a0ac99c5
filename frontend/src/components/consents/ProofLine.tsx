/** One proof: its state in a word, what it says, who wrote it down; and the way to take it back. */
import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Tag, type TagColor } from '@/components/Tag';
import { formatPhone } from '@/lib/format/phone';
import { elsewhere, formatDateTime, formatInZone } from '@/lib/format/time';
import classes from './Consents.module.css';
import type { Proof } from './types';
import { Withdraw } from './Withdraw';

const COLORS: Record<Proof['state'], TagColor> = {
  live: 'ready',
  to_come: 'dialing',
  expired: 'offline',
  withdrawn: 'fault',
};

interface ProofLineProps {
  proof: Proof;
  contactId: number;
  /** Without the wording and the evidence, for the agent's desktop. */
  short?: boolean;
}

export function ProofLine({ proof, contactId, short }: ProofLineProps) {
  const { t } = useTranslation('consents');
  const { withdrawal } = proof;
  const theirs = (when: string): string => formatInZone(when, proof.zone);
  const place = elsewhere(proof.zone);
  return (
    <article className={classes.proof} data-testid="proof" data-state={proof.state}>
      <Group justify="space-between" align="start" wrap="nowrap" gap="sm">
        <div className={classes.what}>
          <Group gap="xs">
            <Tag color={COLORS[proof.state]}>{t(`state.${proof.state}`)}</Tag>
            <Text size="sm" fw={600} className={classes.words}>
              {t(`kind.${proof.kind}`)} · {proof.principal.name}
            </Text>
          </Group>
          <Text size="sm" className={classes.words}>
            {proof.object}
            {` · ${proof.e164 ? formatPhone(proof.e164) : t('allNumbers')}`}
          </Text>
          <Text size="xs" c="dimmed" className={classes.words}>
            {[
              t('given', { when: theirs(proof.given_at) }),
              t(`channel.${proof.channel}`),
              proof.act,
              proof.third_party && t('by', { name: proof.third_party }),
              proof.ends_at && !withdrawal && t('until', { when: theirs(proof.ends_at) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          {proof.slots.map((slot) => (
            <Text key={slot.start} size="xs" c="dimmed">
              {t('slot', { start: theirs(slot.start), end: theirs(slot.end) })}
            </Text>
          ))}
          {place && (
            <Text size="xs" c="dimmed">
              {t('clocksOf', { place })}
            </Text>
          )}
          {withdrawal && (
            <Text size="xs" c="var(--state-fault-ink)" className={classes.words}>
              {[
                t('withdrawnOn', { when: theirs(withdrawal.at) }),
                t(`channel.${withdrawal.channel}`),
                withdrawal.recorded_by?.name,
                withdrawal.note,
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          )}
        </div>
        {!withdrawal && <Withdraw proof={proof} contactId={contactId} />}
      </Group>
      {!short && (
        <details className={classes.more}>
          <summary>{t('wordingOf', { version: proof.wording_version })}</summary>
          <blockquote className={classes.wording}>{proof.wording}</blockquote>
          <Text size="xs" c="dimmed" className={classes.words}>
            {[
              t('who', { name: proof.who }),
              proof.recorded_by && t('recordedBy', { name: proof.recorded_by.name }),
              t('recordedOn', { when: formatDateTime(proof.recorded_at) }),
              t('archive', { when: formatDateTime(proof.archive_until) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          {proof.reference && (
            <Text size="xs" c="dimmed" className={classes.words}>
              {t('reference', { reference: proof.reference })}
            </Text>
          )}
          {proof.evidence && (
            <Anchor href={`/api/evidence/${proof.evidence.id}`} download size="sm" className={classes.words}>
              {proof.evidence.name}
            </Anchor>
          )}
        </details>
      )}
    </article>
  );
}
