/** An error in words, where it happened, with the way to try again. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorFromThrown } from '@/lib/api/error';

interface ErrorMessageProps {
  error: unknown;
  title?: string;
  onRetry?: (() => void) | undefined;
  /** Nothing beside it shows what is wrong with each field: it is said here. */
  whole?: boolean;
}

export function ErrorMessage({ error, title, onRetry, whole }: ErrorMessageProps) {
  const { t } = useTranslation('common');
  const { message, fields } = errorFromThrown(error);
  const faults = whole ? Object.values(fields) : [];
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle size={18} />}
      title={title ?? t('errors.title')}
      data-testid="error-message"
    >
      <Group justify="space-between" align="end">
        <Text size="sm">{faults.length ? faults.join(' ') : message}</Text>
        {onRetry && (
          <Button size="xs" variant="light" color="red" onClick={onRetry}>
            {t('actions.retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
