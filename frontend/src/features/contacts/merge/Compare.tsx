/** Both records side by side; what is chosen here is what the one record will be. */
import { Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { notifyUndo } from '@/components/notify-undo';
import { api, unwrap } from '@/lib/api/client';
import { customFieldsQuery } from '@/lib/api/names';
import { contactName } from '@/lib/format/contact';
import { formatPhone } from '@/lib/format/phone';
import classes from '../Contact.module.css';
import { useFieldWords } from '../field-words';
import { useContactChanged } from '../queries';
import type { Comparison, Side } from '../types';
import { FieldChoices } from './FieldChoices';
import { moveNumber, numbersBody, placedOf } from './numbers';
import { NumberChoices } from './NumberChoices';
import { undoId, useUndoMerge } from './useUndoMerge';
import { WhatFollows } from './WhatFollows';

interface CompareProps {
  comparison: Comparison;
  onReload: () => void;
}

export function Compare({ comparison, onReload }: CompareProps) {
  const { t } = useTranslation('contact-card');
  const { kept, other } = comparison;
  const navigate = useNavigate();
  const changed = useContactChanged();
  const words = useFieldWords(useQuery(customFieldsQuery).data);
  const [sides, setSides] = useState<Record<string, Side>>(() =>
    Object.fromEntries(comparison.fields.map(({ field, proposed }) => [field, proposed])),
  );
  const [placed, setPlaced] = useState(() => placedOf(comparison.numbers));
  const undo = useUndoMerge(kept.id);
  const merge = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/contacts/{contact_id}/merge', {
          params: { path: { contact_id: kept.id } },
          body: { other_id: other.id, sides, numbers: numbersBody(placed) },
        }),
      ),
    onSuccess: async (contact) => {
      changed(contact);
      notifyUndo(undoId(contact.id, other.id), t('merged', { name: contactName(contact) }), () =>
        undo.mutateAsync(other.id),
      );
      await navigate({ to: '/contacts/$id', params: { id: String(contact.id) } });
    },
  });
  return (
    <Stack gap="md" maw="72rem">
      {comparison.in_call && (
        <Alert color="yellow" title={t('inCall')}>
          <Group justify="space-between">
            <Text size="sm">{t('inCallHelp')}</Text>
            <Button size="xs" variant="light" onClick={onReload}>
              {t('common:actions.retry')}
            </Button>
          </Group>
        </Alert>
      )}
      {comparison.refused_too.length > 0 && (
        <Alert color="yellow" title={t('refusedToo')}>
          {t('refusedTooHelp', { numbers: comparison.refused_too.map(formatPhone).join(', ') })}
        </Alert>
      )}
      <section className={classes.panel} aria-label={t('chooseFields')}>
        <Title order={2} size="h3">
          {t('chooseFields')}
        </Title>
        <FieldChoices
          comparison={comparison}
          words={words}
          sides={sides}
          onChange={(field, side) => setSides((now) => ({ ...now, [field]: side }))}
          onAll={(side) => setSides(Object.fromEntries(comparison.fields.map(({ field }) => [field, side])))}
        />
      </section>
      <section className={classes.panel} aria-label={t('chooseNumbers')}>
        <Title order={2} size="h3">
          {t('chooseNumbers')}
        </Title>
        <NumberChoices
          numbers={comparison.numbers}
          placed={placed}
          onChange={(e164, kind) => setPlaced((now) => moveNumber(now, e164, kind))}
        />
      </section>
      <WhatFollows comparison={comparison} />
      {merge.error && <ErrorMessage error={merge.error} />}
      <Group justify="space-between">
        <Anchor
          component={Link}
          to="/contacts/$id/merge"
          params={{ id: String(other.id) } as never}
          search={{ with: kept.id } as never}
          size="sm"
        >
          <Group gap={6} component="span" display="inline-flex">
            <IconArrowsExchange size={14} aria-hidden />
            {t('swap', { id: other.id })}
          </Group>
        </Anchor>
        <Group gap="sm">
          <Button
            component={Link}
            to="/contacts/$id"
            params={{ id: String(kept.id) } as never}
            variant="default"
          >
            {t('common:actions.cancel')}
          </Button>
          <ConfirmInline
            confirmLabel={t('mergeConfirm', { id: other.id })}
            onConfirm={() => merge.mutate()}
            loading={merge.isPending}
            disabled={comparison.in_call}
            variant="filled"
            data-testid="do-merge"
          >
            {t('mergeDo')}
          </ConfirmInline>
        </Group>
      </Group>
    </Stack>
  );
}
