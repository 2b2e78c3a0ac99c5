/** A number that may not be called: all reasons on hover and focus; a click holds them open, where a supervisor may set them aside. */
import { ActionIcon, Button, Popover, Text, Textarea } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Reasons } from '@/components/Reasons';
import { useMe } from '@/lib/api/session';
import { type NumberVerdict, verdictsQuery } from '@/lib/api/verdicts';
import { formatPhone } from '@/lib/format/phone';
import { act } from '../floor';
import { ownKeys } from '../panels';

interface WhyRefusedProps {
  contactId: number;
  campaignId: number | null;
  e164: string;
  /** In a few words. */
  short: string;
  mayCall: boolean;
}

type Opening = 'shut' | 'glanced' | 'held';

export function WhyRefused({ contactId, campaignId, e164, short, mayCall }: WhyRefusedProps) {
  const [opening, setOpening] = useState<Opening>('shut');
  const glance = (): void => setOpening((now) => (now === 'shut' ? 'glanced' : now));
  const leave = (): void => setOpening((now) => (now === 'glanced' ? 'shut' : now));
  return (
    <Popover
      opened={opening !== 'shut'}
      onChange={(shown) => !shown && setOpening('shut')}
      width={380}
      position="bottom-end"
      shadow="lg"
      withinPortal
      closeOnEscape
      returnFocus={opening === 'held'}
    >
      <Popover.Target>
        <ActionIcon
          size="sm"
          color="red"
          aria-label={`${formatPhone(e164)} : ${short}`}
          data-testid="why-refused"
          onMouseEnter={glance}
          onMouseLeave={leave}
          onFocus={glance}
          onBlur={leave}
          onClick={() => setOpening('held')}
          // The focus stays here: the Escape that shuts the panel must not close the record, or hang up.
          onKeyDown={(event) => event.key === 'Escape' && setOpening('shut')}
          {...ownKeys(opening === 'held')}
        >
          <IconPhoneOff size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown data-own-keys data-testid="why-refused-panel">
        {opening !== 'shut' && (
          <Why
            contactId={contactId}
            campaignId={campaignId}
            e164={e164}
            onDialed={() => setOpening('shut')}
            mayCall={mayCall && opening === 'held'}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

type WhyProps = Omit<WhyRefusedProps, 'short'> & { onDialed: () => void };

function Why({ contactId, campaignId, e164, mayCall, onDialed }: WhyProps) {
  const { t } = useTranslation('verdicts');
  const { role } = useMe();
  const { data, error } = useQuery(verdictsQuery(contactId));
  if (error) return <ErrorMessage error={error} />;
  if (!data)
    return (
      <Text size="sm" c="dimmed">
        {t('asking')}
      </Text>
    );
  const campaign = data.campaigns.find((one) => one.campaign.id === campaignId) ?? data.campaigns[0];
  const answer = campaign?.numbers.find((one) => one.e164 === e164);
  if (!answer || answer.allowed) return <Text size="sm">{t('allowedNow')}</Text>;
  return (
    <>
      <Reasons reasons={answer.reasons.filter((one) => !one.machine_only)} zone={data.zone} />
      {mayCall && answer.may_be_set_aside && role !== 'agent' && (
        <SetAside contactId={contactId} answer={answer} onDialed={onDialed} />
      )}
    </>
  );
}

function SetAside({
  contactId,
  answer,
  onDialed,
}: {
  contactId: number;
  answer: NumberVerdict;
  onDialed: () => void;
}) {
  const { t } = useTranslation('verdicts');
  const [reason, setReason] = useState('');
  const call = async (): Promise<void> => {
    const done = await act('dial', {
      contact_id: contactId,
      phone_kind: answer.kind,
      override_reason: reason.trim(),
    });
    if (done) onDialed();
  };
  return (
    <>
      <Textarea
        mt="sm"
        label={t('override.label')}
        description={t('override.help')}
        maxLength={300}
        autosize
        minRows={2}
        required
        // eslint-disable-next-line jsx-a11y/no-autofocus -- a click or Enter asked for this field
        autoFocus
        data-testid="override-reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button mt="xs" size="xs" disabled={!reason.trim()} onClick={() => void call()}>
        {t('override.call')}
      </Button>
    </>
  );
}
