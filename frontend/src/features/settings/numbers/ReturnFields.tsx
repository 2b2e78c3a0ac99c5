/** Who answers whoever calls a number back, and how long he waits. */
import { Fieldset, NumberInput, Radio, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '@/lib/api/schema';

interface Returns {
  return_to: components['schemas']['PresentedNumberOut']['return_to'];
  return_campaign_id: number | null;
  return_wait_s: number;
}

interface ReturnFieldsProps {
  draft: Returns;
  set: (change: Partial<Returns>) => void;
  campaigns: { id: number; name: string; status: string }[];
  error: string | undefined;
}

export function ReturnFields({ draft, set, campaigns, error }: ReturnFieldsProps) {
  const { t } = useTranslation('settings');
  return (
    <Fieldset legend={t('numbers.returns.title')} data-testid="return-calls">
      <Stack gap="sm">
        <Radio.Group
          aria-label={t('numbers.returns.title')}
          description={t('numbers.returns.help')}
          value={draft.return_to}
          onChange={(to) => set({ return_to: to as Returns['return_to'] })}
        >
          <Stack gap="xs" mt="xs">
            {(['caller', 'campaign', 'message'] as const).map((code) => (
              <Radio
                key={code}
                value={code}
                label={t(`numbers.returns.to.${code}`)}
                description={t(`numbers.returns.toHelp.${code}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {draft.return_to === 'campaign' && (
          <Select
            label={t('numbers.returns.campaign')}
            required
            searchable
            data={campaigns
              .filter(({ status }) => status !== 'archived')
              .map(({ id, name }) => ({ value: String(id), label: name }))}
            value={draft.return_campaign_id === null ? null : String(draft.return_campaign_id)}
            error={error}
            onChange={(id) => set({ return_campaign_id: id === null ? null : Number(id) })}
          />
        )}
        {draft.return_to !== 'message' && (
          <NumberInput
            label={t('numbers.returns.wait')}
            description={t('numbers.returns.waitHelp')}
            min={5}
            max={300}
            suffix=" s"
            allowDecimal={false}
            clampBehavior="blur"
            value={draft.return_wait_s}
            onChange={(value) => value !== '' && set({ return_wait_s: Number(value) })}
          />
        )}
      </Stack>
    </Fieldset>
  );
}
