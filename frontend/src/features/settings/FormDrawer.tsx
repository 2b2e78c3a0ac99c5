/** A form in a drawer: what it changes, its one act, what was refused, and what else can be done to the same thing. */
import { Button, Drawer, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { ApiError } from '@/lib/api/error';

interface FormDrawerProps {
  opened: boolean;
  title: string;
  onClose: () => void;
  onSubmit: () => void;
  busy: boolean;
  error: unknown;
  disabled?: boolean;
  /** At the left of the buttons: delete, disable… */
  extra?: ReactNode;
  children: ReactNode;
}

export function FormDrawer({
  opened,
  title,
  onClose,
  onSubmit,
  busy,
  error,
  disabled,
  extra,
  children,
}: FormDrawerProps) {
  const { t } = useTranslation('common');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  const saidByFields = error instanceof ApiError && Object.keys(error.fields).length > 0;
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="28rem"
      title={title}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {children}
          {error && !saidByFields ? <ErrorMessage error={error} /> : null}
          <Group justify="space-between" mt="sm">
            <div>{extra}</div>
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('actions.cancel')}
              </Button>
              <Button type="submit" loading={busy} disabled={disabled ?? false}>
                {t('actions.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

/** The refusal of one field, where the server named it. */
export function fieldErrors(error: unknown): Record<string, string> {
  return error instanceof ApiError ? error.fields : {};
}
