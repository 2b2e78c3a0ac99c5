/** What a screen that stopped on an error shows, and an address that leads nowhere. */
import { Button, Center, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/lib/api/error';

export function ScreenError({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation('common');
  return (
    <Center mih="60vh" p="xl" role="alert" data-testid="screen-error">
      <Stack maw={520}>
        <Title order={1}>{t('errors.title')}</Title>
        <Text>{error instanceof ApiError ? error.message : t('errors.screen')}</Text>
        <Group>
          {reset && (
            <Button variant="default" onClick={reset}>
              {t('actions.retry')}
            </Button>
          )}
          <Button onClick={() => window.location.reload()}>{t('actions.reload')}</Button>
        </Group>
      </Stack>
    </Center>
  );
}

export function PageNotFound() {
  const { t } = useTranslation('common');
  return (
    <Center mih="60vh" p="xl">
      <Stack maw={520}>
        <Title order={1}>{t('errors.page_title')}</Title>
        <Text>{t('errors.page')}</Text>
        <Link to="/">{t('actions.back')}</Link>
      </Stack>
    </Center>
  );
}
