/** Who changed what, when, from what to what; and any former value brought back with one click. */
import { Anchor, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { notifyDone } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { customFieldsQuery } from '@/lib/api/names';
import { usePages } from '@/lib/api/pages';
import { formatDateTime } from '@/lib/format/time';
import { changesTogether } from './changes-together';
import classes from './Contact.module.css';
import { useFieldWords } from './field-words';
import { useUndoMerge } from './merge/useUndoMerge';
import { useContactChanged } from './queries';
import type { Change, Contact } from './types';

export function ContactChanges({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact-card');
  const pages = usePages(['contacts', 'changes', contact.id], (cursor) =>
    unwrap(
      api.GET('/api/contacts/{contact_id}/changes', {
        params: { path: { contact_id: contact.id }, query: cursor ? { cursor } : {} },
      }),
    ),
  );
  const changed = useContactChanged();
  const words = useFieldWords(useQuery(customFieldsQuery).data);
  const restore = useMutation({
    mutationFn: (change: Change) =>
      unwrap(
        api.POST('/api/contacts/{contact_id}/changes/{change_id}/restore', {
          params: { path: { contact_id: contact.id, change_id: change.id } },
        }),
      ),
    onSuccess: (next, change) => {
      changed(next);
      notifyDone(t('change.restored', { field: words.label(change.field) }));
    },
  });
  const groups = useMemo(() => changesTogether(pages.rows ?? []), [pages.rows]);
  return (
    <Stack gap={0} data-testid="changes">
      {restore.error && <ErrorMessage error={restore.error} />}
      {pages.error ? <ErrorMessage error={pages.error} onRetry={pages.onRetry} /> : null}
      {pages.loading && !pages.rows && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
      {pages.rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('change.none')}
        </Text>
      )}
      {groups.map((group) => (
        <article key={group[0].id} className={classes.changes}>
          <ChangeHead change={group[0]} />
          {group.some(({ undoable }) => undoable) && (
            <UndoMerge keptId={contact.id} formerId={group[0].former_id ?? 0} />
          )}
          {group
            .filter(({ field }) => field !== '*')
            .map((change) => (
              <Group key={change.id} justify="space-between" wrap="nowrap" gap="sm">
                <Text size="sm" className={classes.text} style={{ minWidth: 0 }}>
                  <Text span c="dimmed">
                    {t('change.label', { label: words.label(change.field) })}
                  </Text>{' '}
                  {change.erased ? (
                    <em>{t('change.erased')}</em>
                  ) : (
                    <>
                      {words.value(change.field, change.before, change.kind)}{' '}
                      <span aria-label={t('change.to')}>→</span>{' '}
                      {words.value(change.field, change.after, change.kind)}
                    </>
                  )}
                </Text>
                {change.restorable && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    style={{ flexShrink: 0 }}
                    leftSection={<IconArrowBackUp size={14} aria-hidden />}
                    loading={restore.isPending && restore.variables.id === change.id}
                    disabled={restore.isPending}
                    onClick={() => restore.mutate(change)}
                    aria-label={t('change.restoreOne', {
                      field: words.label(change.field),
                      value: words.value(change.field, change.before, change.kind),
                    })}
                  >
                    {t('change.restore')}
                  </Button>
                )}
              </Group>
            ))}
        </article>
      ))}
      {pages.hasMore && (
        <Button size="xs" variant="subtle" loading={pages.loading} onClick={pages.onMore} mt="xs">
          {t('contacts:more')}
        </Button>
      )}
    </Stack>
  );
}

function UndoMerge({ keptId, formerId }: { keptId: number; formerId: number }) {
  const { t } = useTranslation('contact-card');
  const undo = useUndoMerge(keptId);
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="xs" c="dimmed">
          {t('unmergeHelp', { id: formerId })}
        </Text>
        <ConfirmInline
          size="compact-xs"
          confirmLabel={t('unmergeConfirm')}
          onConfirm={() => undo.mutate(formerId)}
          loading={undo.isPending}
          data-testid={`unmerge-${formerId}`}
        >
          {t('unmerge')}
        </ConfirmInline>
      </Group>
      {undo.error && <ErrorMessage error={undo.error} />}
    </>
  );
}

function ChangeHead({ change }: { change: Change }) {
  const { t } = useTranslation('contact-card');
  const what = change.rolled_back
    ? t('change.rolledBack')
    : change.source === 'merge' && change.former_id
      ? t('change.merged', { id: change.former_id })
      : change.source === 'roll_back' && change.field === '*' && change.former_id
        ? t('change.unmerged', { id: change.former_id })
        : t(`change.source.${change.source}`);
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap">
      <Text size="sm" fw={500}>
        {what}
        {change.batch && (
          <>
            {' '}
            <Anchor
              component={Link}
              to="/imports/$id"
              params={{ id: String(change.batch.id) } as never}
              size="sm"
              underline="always"
            >
              {change.batch.name}
            </Anchor>
          </>
        )}
        <Text span c="dimmed" fw={400}>
          {change.actor && ` · ${change.actor.name}`}
          {change.former_id &&
            !['merge', 'roll_back'].includes(change.source) &&
            ` · ${t('change.onFormer', { id: change.former_id })}`}
        </Text>
      </Text>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {formatDateTime(change.at)}
      </Text>
    </Group>
  );
}
