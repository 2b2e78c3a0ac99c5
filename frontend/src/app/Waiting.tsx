/** What is shown while an address opens: that it loads or, where the server only starts, that it does. */
import { Center, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/lib/api/session';
import { isStarting } from '@/lib/api/starting';

export function Waiting() {
  const { t } = useTranslation('common');
  const { failureReason } = useQuery({ ...meQuery, enabled: false });
  const starts = isStarting(failureReason);
  return (
    <Center mih="60vh" role="status">
      <Stack align="center" gap="sm">
        <Loader size="sm" aria-label={t('loading')} />
        {starts && <Text data-testid="starting">{t('starting')}</Text>}
      </Stack>
    </Center>
  );
}
