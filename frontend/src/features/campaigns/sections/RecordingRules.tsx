/** What a campaign that records owes: a purpose, a share of its calls, and the sentence that tells the person. */
import { Alert, Button, NumberInput, Select, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { decimalPoint, percentSuffix } from '@/lib/format/number';
import type { Draft } from '../draft';
import { percent, share } from '../percent';

type Fields = Draft['fields'];
type Purpose = Fields['recording_purpose'];

/** As the server has it (campaigns/recording.py). */
const USUAL_SHARE: Record<Purpose, number> = { quality: 0.2, training: 0.2, proof: 1 };
const PURPOSES = ['quality', 'training', 'proof'] as const;
const CALLER = "{{ campaign.caller_name | default: 'notre société' }}";

interface RecordingRulesProps {
  fields: Fields;
  errors: Record<string, string>;
  set: (change: Partial<Fields>) => void;
}

export function RecordingRules({ fields, errors, set }: RecordingRulesProps) {
  const { t } = useTranslation('campaigns');
  const choose = (purpose: Purpose): void =>
    set({ recording_purpose: purpose, recording_share: USUAL_SHARE[purpose] });
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('calls.recordingLaw')}
      </Text>
      {fields.recording === 'all' && (
        <>
          <Select
            maw={360}
            label={t('calls.recordingPurpose')}
            allowDeselect={false}
            data={PURPOSES.map((code) => ({ value: code, label: t(`calls.recordingPurposes.${code}`) }))}
            value={fields.recording_purpose}
            onChange={(value) => value && choose(value as Purpose)}
          />
          <NumberInput
            label={t('calls.recordingShare')}
            description={t('calls.recordingShareHelp')}
            w={280}
            min={1}
            max={fields.recording_purpose === 'proof' ? 100 : 99}
            decimalScale={1}
            decimalSeparator={decimalPoint()}
            suffix={percentSuffix()}
            clampBehavior="strict"
            value={percent(fields.recording_share)}
            error={errors['recording_share']}
            onChange={(typed) =>
              typed !== '' && Number(typed) > 0 && set({ recording_share: share(Number(typed)) })
            }
          />
        </>
      )}
      <Textarea
        label={t('calls.recordingNotice')}
        description={t('calls.recordingNoticeHelp')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1000}
        value={fields.recording_notice}
        error={errors['recording_notice']}
        onChange={(event) => set({ recording_notice: event.currentTarget.value })}
        data-testid="recording-notice-text"
      />
      {!fields.recording_notice.trim() && (
        <Alert
          color="yellow"
          py="xs"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          data-testid="recording-no-notice"
        >
          <Text size="sm" mb="xs">
            {t('calls.recordingNoNotice')}
          </Text>
          <Button
            size="xs"
            variant="default"
            onClick={() => set({ recording_notice: t('calls.recordingProposal', { caller: CALLER }) })}
          >
            {t('calls.recordingProposed')}
          </Button>
        </Alert>
      )}
    </>
  );
}
