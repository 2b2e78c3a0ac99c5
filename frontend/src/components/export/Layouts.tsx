/** Choices of columns kept under a name: take one, keep the present one, share it, drop it. */
import { Button, Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { notifyDone, notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import type { Layout, Subject } from './types';

const focus = (node: HTMLInputElement | null): void => node?.focus();

interface LayoutsProps {
  subject: Subject;
  layouts: Layout[];
  columns: string[];
  onChoose: (columns: string[]) => void;
}

export function Layouts({ subject, layouts, columns, onChoose }: LayoutsProps) {
  const { t } = useTranslation('exports');
  const client = useQueryClient();
  const [picked, setPicked] = useState<string | null>(null);
  const [keeping, setKeeping] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const layout = layouts.find(({ id }) => String(id) === picked);
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['exports', 'layouts', subject] });
  const keep = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/export-layouts', { body: { subject, name: name.trim(), columns, shared } })),
    onSuccess: (kept) => {
      refresh();
      setPicked(String(kept.id));
      setKeeping(false);
      notifyDone(t('layout.kept', { name: kept.name }));
    },
    onError: notifyError,
  });
  const drop = useMutation({
    mutationFn: (id: number) =>
      unwrap(api.DELETE('/api/export-layouts/{layout_id}', { params: { path: { layout_id: id } } })),
    onSuccess: () => {
      refresh();
      setPicked(null);
    },
    onError: notifyError,
  });
  return (
    <div>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          style={{ flex: 1 }}
          label={t('layout.label')}
          placeholder={layouts.length ? t('layout.choose') : t('layout.none')}
          disabled={layouts.length === 0}
          value={picked}
          onChange={(id) => {
            setPicked(id);
            const found = layouts.find((one) => String(one.id) === id);
            if (found) onChoose(found.columns);
          }}
          data={layouts.map((one) => ({
            value: String(one.id),
            label:
              one.name === ''
                ? t('layout.last')
                : one.mine
                  ? one.name
                  : t('layout.of', { name: one.name, by: one.created_by?.name ?? '' }),
          }))}
        />
        {layout?.mine && layout.name !== '' && (
          <ConfirmInline
            variant="default"
            confirmLabel={t('layout.drop')}
            onConfirm={() => drop.mutate(layout.id)}
          >
            {t('common:actions.delete')}
          </ConfirmInline>
        )}
        {!keeping && (
          <Button
            variant="default"
            disabled={columns.length === 0}
            onClick={() => {
              setName(layout?.mine ? layout.name : '');
              setShared(layout?.mine ? layout.shared : false);
              setKeeping(true);
            }}
          >
            {t('layout.keep')}
          </Button>
        )}
      </Group>
      {keeping && (
        <Group gap="xs" mt="xs" align="flex-end" wrap="nowrap">
          <TextInput
            style={{ flex: 1 }}
            label={t('layout.name')}
            value={name}
            maxLength={80}
            ref={focus}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              if (name.trim()) keep.mutate();
            }}
          />
          <Checkbox
            pb={8}
            label={t('layout.share')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Button loading={keep.isPending} disabled={!name.trim()} onClick={() => keep.mutate()}>
            {t('common:actions.save')}
          </Button>
          <Button variant="default" onClick={() => setKeeping(false)}>
            {t('common:actions.cancel')}
          </Button>
        </Group>
      )}
    </div>
  );
}
