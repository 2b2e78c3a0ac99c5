/** All that is known of one call: who, when, how it went, what was written, its recording. */
import { Anchor, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Player } from '@/components/recording/Player';
import { Outcome, Result } from '@/components/Result';
import { api, unwrap } from '@/lib/api/client';
import { useMe } from '@/lib/api/session';
import { formatTenths } from '@/lib/format/number';
import { formatPhone } from '@/lib/format/phone';
import { formatDateTime, formatDuration } from '@/lib/format/time';
import classes from './Call.module.css';
import { CallNumber } from './CallNumber';
import { Dossier } from './Dossier';
import { Timeline } from './Timeline';
import type { CallDetail } from './types';
import { whySentence } from './why';

const EVERY_MS = 2000;

export function Call({ id }: { id: string }) {
  const { t } = useTranslation('calls');
  const me = useMe();
  const {
    data: call,
    error,
    refetch,
  } = useQuery({
    queryKey: ['calls', 'one', id],
    queryFn: () => unwrap(api.GET('/api/calls/{call_id}', { params: { path: { call_id: id } } })),
    // A call under way is written by the floor; this page is not a live one and looks again now and then.
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'ended' ? EVERY_MS : false),
  });
  if (error) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!call)
    return (
      <Center mih="12rem">
        <Loader size="sm" role="status" aria-label={t('common:loading')} />
      </Center>
    );
  return (
    <Stack gap="lg" data-testid="call">
      <div>
        <Title order={2}>
          {call.contact_id ? (
            <Anchor
              component={Link}
              to="/contacts/$id"
              params={{ id: String(call.contact_id) } as never}
              inherit
            >
              {call.contact_name || <CallNumber call={call} />}
            </Anchor>
          ) : (
            <CallNumber call={call} />
          )}
        </Title>
        <Text size="sm" c="dimmed">
          {formatDateTime(call.claimed_at)} · {t(`direction.${call.direction}`)} ·{' '}
          <Result code={call.result} />
        </Text>
      </div>
      <Facts call={call} />
      {call.cut && <Text size="sm">{t('cut')}</Text>}
      {call.recording_refused_at && (
        <Text size="sm" data-testid="recording-refused">
          {t('recording.refused', { at: formatDateTime(call.recording_refused_at) })}
        </Text>
      )}
      {call.recordings.length > 0 && (
        <section aria-label={t('recording.title')}>
          <Title order={2} size="h3" mb="xs">
            {t('recording.title')}
          </Title>
          <Stack gap="sm">
            {call.recordings.map((recording) => (
              <Player key={recording.id} callId={call.id} recording={recording} agent={call.agent_name} />
            ))}
          </Stack>
        </section>
      )}
      {call.listenings && call.recordings.length > 0 && <Listenings rows={call.listenings} />}
      {call.notes.length > 0 && (
        <section aria-label={t('notes')}>
          <Title order={2} size="h3" mb="xs">
            {t('notes')}
          </Title>
          {call.notes.map((note) => (
            <Text key={note.updated_at} size="sm" style={{ whiteSpace: 'pre-wrap' }}>
              <strong>{note.author_name}</strong> {note.text}
            </Text>
          ))}
        </section>
      )}
      {me.role !== 'agent' && call.direction === 'outbound' && <Dossier callId={call.id} />}
      <Timeline call={call} />
    </Stack>
  );
}

/** For administrators: who heard the recordings, or took them away as files. */
function Listenings({ rows }: { rows: NonNullable<CallDetail['listenings']> }) {
  const { t } = useTranslation('calls');
  return (
    <section aria-label={t('listenings.title')} data-testid="listenings">
      <Title order={2} size="h3" mb="xs">
        {t('listenings.title')}
      </Title>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('listenings.none')}
        </Text>
      )}
      {rows.map((one) => (
        <Text key={`${one.recording_id}${one.at}`} size="sm">
          {t(one.download ? 'listenings.downloaded' : 'listenings.heard', {
            at: formatDateTime(one.at),
            name: one.by_name,
          })}
        </Text>
      ))}
    </section>
  );
}

function Facts({ call }: { call: CallDetail }) {
  const { t } = useTranslation('calls');
  const inbound = call.direction === 'inbound';
  const facts: [string, ReactNode][] = [
    [inbound ? 'caller' : 'number', <CallNumber call={call} />],
    [
      inbound ? 'number' : 'presented',
      call.presented && <span className="tabular">{formatPhone(call.presented)}</span>,
    ],
    [
      'campaign',
      call.campaign_id && (
        <Anchor
          component={Link}
          to="/campaigns/$id"
          params={{ id: String(call.campaign_id) } as never}
          size="sm"
        >
          {call.campaign_name}
        </Anchor>
      ),
    ],
    ['agent', call.agent_name],
    ['mode', !inbound && t(`words:mode.${call.mode}`)],
    ['why', whySentence(t, call)],
    [
      'disposition',
      call.disposition_label && <Outcome label={call.disposition_label} color={call.disposition_color} />,
    ],
    ['ring_s', call.ring_s !== null && formatDuration(call.ring_s)],
    [
      inbound ? 'wait_s' : 'silence_s',
      call.silence_s !== null && t('seconds', { value: formatTenths(call.silence_s) }),
    ],
    ['talk_s', call.talk_s !== null && formatDuration(call.talk_s)],
    ['hold_s', call.hold_s > 0 && formatDuration(call.hold_s)],
    ['wrap_up_s', call.wrap_up_s !== null && formatDuration(call.wrap_up_s)],
    [
      'hung_up_by',
      call.hung_up_by && t(`words:hungUpBy.${call.hung_up_by}`, { defaultValue: call.hung_up_by }),
    ],
    ['trunk', call.trunk_name],
    [
      'cause',
      (call.cause ?? call.sip_code) !== null &&
        [call.cause && t('q850', { code: call.cause }), call.sip_code && t('sip', { code: call.sip_code })]
          .filter(Boolean)
          .join(', '),
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => Boolean(value))
        .map(([key, value]) => (
          <div key={key} data-wide={key === 'why' || undefined} data-testid={`fact-${key}`}>
            <dt>{t(`fact.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
