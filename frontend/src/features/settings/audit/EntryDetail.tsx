/** One entry of the audit log, whole: who did what to what, and each thing that was noted, a line each. */
import { Drawer, Stack, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAnswer } from '@/lib/format/answer';
import { formatDateTime } from '@/lib/format/time';
import type { components } from '@/lib/api/schema';
import { detailLines, type Words } from './detail';

export type Entry = components['schemas']['AuditEntryOut'];

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

export function useDetail(): (entry: Entry) => string[] {
  const { t } = useTranslation('audit');
  return useCallback(
    ({ detail }) => {
      const words: Words = {
        field: (key) => t(`field.${key}`, { defaultValue: key }),
        value: (value) =>
          typeof value === 'string' && INSTANT.test(value)
            ? formatDateTime(value)
            : formatAnswer(value, 'date'),
        line: (field, value) => t('line', { field, value }),
        reason: (text) => t('reason', { text }),
      };
      return detailLines(detail, words);
    },
    [t],
  );
}

interface EntryDetailProps {
  entry: Entry;
  action: string;
  object: string;
  onClose: () => void;
}

export function EntryDetail({ entry, action, object, onClose }: EntryDetailProps) {
  const { t } = useTranslation('audit');
  const lines = useDetail()(entry);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="30rem"
      title={action}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      <Stack gap="sm" data-testid="audit-detail">
        <Text size="sm" c="dimmed">
          {[formatDateTime(entry.at), entry.actor_name ?? t('settings:audit.system'), object]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {lines.length === 0 && <Text size="sm">{t('nothing')}</Text>}
        {lines.map((line) => (
          <Text key={line} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {line}
          </Text>
        ))}
      </Stack>
    </Drawer>
  );
}
