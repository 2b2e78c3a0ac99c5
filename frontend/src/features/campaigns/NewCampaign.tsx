/** The three things that a campaign cannot do without; the rest has defaults that a French floor can start with. */
import { Button, Group, Modal, Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { type Campaign, MODES } from './types';

export function NewCampaign({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [mode, setMode] = useState<Campaign['mode']>('progressive');
  const [audience, setAudience] = useState<Campaign['audience']>('b2c');
  const create = useMutation({
    mutationFn: () => unwrap(api.POST('/api/campaigns', { body: { name, mode, audience } })),
    onSuccess: async ({ id }) => {
      void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      await navigate({ to: '/campaigns/$id', params: { id: String(id) } });
    },
  });
  const fieldError = create.error instanceof ApiError ? create.error.fields['name'] : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim()) create.mutate();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('new.title')}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="lg">
          <TextInput
            label={t('field.name')}
            required
            maxLength={120}
            data-autofocus
            value={name}
            error={fieldError}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label={t('field.mode')}
            value={mode}
            onChange={(value) => setMode(value as Campaign['mode'])}
          >
            <Stack gap="xs" mt={6}>
              {MODES.map((code) => (
                <Radio
                  key={code}
                  value={code}
                  label={t(`words:mode.${code}`)}
                  description={t(`words:modeHelp.${code}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t('field.audience')}
            </Text>
            <SegmentedControl
              fullWidth
              aria-label={t('field.audience')}
              value={audience}
              onChange={(value) => setAudience(value as Campaign['audience'])}
              data={(['b2c', 'b2b'] as const).map((code) => ({
                value: code,
                label: t(`words:audience.${code}`),
              }))}
            />
            <Text size="xs" c="dimmed" mt={4}>
              {t(`audienceHelp.${audience}`)}
            </Text>
          </div>
          <Text size="xs" c="dimmed">
            {t('new.help')}
          </Text>
          {create.error && !fieldError && <ErrorMessage error={create.error} />}
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {t('common:actions.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={!name.trim()}>
              {t('new.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
