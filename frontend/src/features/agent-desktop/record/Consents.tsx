/** What this person agreed to, under a button of the record: given by one click on the words read aloud, taken back as easily. */
import { Button, Group, Loader, Popover, ScrollArea, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Below } from '@/components/Below';
import classes from '@/components/consents/Consents.module.css';
import { ProofLine } from '@/components/consents/ProofLine';
import { proofsQuery, useProofsChanged, useZoneOf, wordingQuery } from '@/components/consents/queries';
import { ErrorMessage } from '@/components/ErrorMessage';
import { KeyHint } from '@/components/KeyHint';
import { api, unwrap } from '@/lib/api/client';
import { instantIn, zoneName } from '@/lib/format/time';
import { useDesktop } from '../floor';
import { ownKeys, setPanel, togglePanel, usePanel } from '../panels';

interface ConsentsProps {
  contactId: number;
  campaignId: number | null;
}

export function Consents({ contactId, campaignId }: ConsentsProps) {
  const { t } = useTranslation('consents');
  const opened = usePanel()?.panel === 'consents';
  const { data, error, refetch } = useQuery(proofsQuery(contactId));
  const words = useQuery({
    ...wordingQuery(campaignId ?? 0),
    enabled: opened && campaignId !== null,
  });
  const wording = words.data?.current;
  const live = data?.items.filter(({ state }) => state === 'live').length ?? 0;
  return (
    <Popover
      opened={opened}
      onChange={(shown) => !shown && setPanel(null)}
      position="bottom-end"
      width={420}
      shadow="lg"
      trapFocus
      returnFocus
      withinPortal
      closeOnEscape
    >
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconFileCheck size={14} aria-hidden />}
          rightSection={<KeyHint>C</KeyHint>}
          aria-keyshortcuts="c"
          style={{ flexShrink: 0 }}
          data-testid="desk-consents"
          onClick={() => togglePanel('consents')}
        >
          {data ? t('desk.count', { count: live }) : t('desk.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown {...ownKeys(opened)}>
        {opened && (
          <ScrollArea.Autosize mah="60vh" type="auto">
            {/* The panel takes the focus until the words to read are there: Enter never lands on "Withdraw". */}
            <Stack
              gap="sm"
              role="group"
              tabIndex={-1}
              data-autofocus={wording ? undefined : true}
              style={{ outline: 'none' }}
              aria-label={t('desk.title')}
              data-testid="desk-consents-panel"
            >
              {campaignId !== null && <Ask contactId={contactId} campaignId={campaignId} />}
              {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
              {!data && !error && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
              {data?.items.length === 0 && (
                <Text size="sm" c="dimmed">
                  {t('desk.none')}
                </Text>
              )}
              <Below waits={campaignId !== null && words.isPending}>
                {data?.items.map((proof) => (
                  <ProofLine key={proof.id} proof={proof} contactId={contactId} short />
                ))}
              </Below>
            </Stack>
          </ScrollArea.Autosize>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

const MINUTES = ['30', '60', '120'];

/** The exact words to read, and the yes to them, in a call that was answered. */
function Ask({ contactId, campaignId }: { contactId: number; campaignId: number }) {
  const { t } = useTranslation('consents');
  const call = useDesktop((state) => state.call);
  const changed = useProofsChanged(contactId);
  const { data } = useQuery(wordingQuery(campaignId));
  const zone = useZoneOf(contactId);
  const [start, setStart] = useState('');
  const [minutes, setMinutes] = useState('60');
  const given = useMutation({
    mutationFn: (callId: string) => {
      const from = start ? instantIn(start, zone) : null;
      const slots = from
        ? [
            {
              start: from.toISOString(),
              end: new Date(from.getTime() + Number(minutes) * 60_000).toISOString(),
            },
          ]
        : [];
      return unwrap(
        api.POST('/api/calls/{call_id}/consent', { params: { path: { call_id: callId } }, body: { slots } }),
      );
    },
    onSuccess: () => {
      setStart('');
      changed();
    },
  });
  const wording = data?.current;
  const yes = useRef<HTMLButtonElement>(null);
  const isThere = !!wording;
  useEffect(() => {
    if (isThere) yes.current?.focus();
  }, [isThere]);
  if (!wording)
    return data ? (
      <Text size="sm" c="dimmed" data-testid="no-wording">
        {t('desk.noWording')}
      </Text>
    ) : null;
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {t('desk.read', { version: wording.version })}
      </Text>
      <blockquote className={classes.wording} data-testid="consent-wording">
        {wording.text}
      </blockquote>
      <Group gap="xs" wrap="nowrap" align="end">
        <TextInput
          size="xs"
          type="datetime-local"
          style={{ flex: 1 }}
          label={zone ? t('desk.slotIn', { place: zoneName(zone) }) : t('desk.slot')}
          disabled={!zone}
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <Select
          size="xs"
          w={110}
          label={t('desk.during')}
          allowDeselect={false}
          disabled={!start}
          comboboxProps={{ withinPortal: false }}
          data={MINUTES.map((value) => ({ value, label: t('desk.minutes', { n: value }) }))}
          value={minutes}
          onChange={(value) => setMinutes(value ?? '60')}
        />
      </Group>
      {given.error && <ErrorMessage error={given.error} />}
      <Button
        size="xs"
        loading={given.isPending}
        disabled={!call}
        ref={yes}
        data-autofocus
        data-testid="consent-given"
        onClick={() => call && given.mutate(call.id)}
      >
        {t('desk.given')}
      </Button>
    </Stack>
  );
}
