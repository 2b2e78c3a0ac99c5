/** Keeps the top bar's tray in step with one's own exports under way, on every manager's screen and after a reload. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isActive } from '@/components/export/types';
import { useMe } from '@/lib/api/session';
import { putJob } from '@/lib/jobs';
import { cancelExport } from './acts';
import { recentExportsQuery } from './queries';

export function ExportWatcher() {
  const { t } = useTranslation('exports');
  const client = useQueryClient();
  const me = useMe();
  const { data } = useQuery(recentExportsQuery);
  const followed = useRef(new Set<string>());
  useEffect(() => {
    for (const one of data?.items ?? []) {
      if (one.created_by?.id !== me.id || (!isActive(one) && !followed.current.has(one.id))) continue;
      putJob({
        id: `export-${one.id}`,
        label: t('job', { name: one.file_name }),
        state: isActive(one) ? 'running' : one.status === 'failed' ? 'failed' : 'done',
        done: one.rows_done,
        total: one.rows_total,
        href: '/exports',
        ...(one.can_cancel ? { cancel: () => cancelExport(client, one.id) } : {}),
      });
      if (isActive(one)) followed.current.add(one.id);
      else followed.current.delete(one.id);
    }
  }, [data, client, me.id, t]);
  return null;
}
