/** Keeps the top bar's tray in step with the imports under way, on every manager's screen and after a reload. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { type Job, putJob } from '@/lib/jobs';
import { recentImportsQuery } from './queries';
import { type Import, isActive } from './types';

function jobOf(batch: Import, label: string, cancel: () => void): Job {
  return {
    id: `import-${batch.id}`,
    label,
    state: isActive(batch) ? 'running' : batch.status === 'failed' ? 'failed' : 'done',
    done: batch.rows_done,
    total: batch.status === 'rolling_back' ? 0 : batch.rows_total,
    href: `/imports/${batch.id}`,
    ...(batch.can_cancel && isActive(batch) ? { cancel } : {}),
  };
}

export function ImportWatcher() {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const { data } = useQuery(recentImportsQuery);
  const followed = useRef(new Set<number>());
  useEffect(() => {
    for (const batch of data?.items ?? []) {
      if (!isActive(batch) && !followed.current.has(batch.id)) continue;
      const cancel = (): void => {
        unwrap(api.POST('/api/imports/{batch_id}/cancel', { params: { path: { batch_id: batch.id } } })).then(
          () => client.invalidateQueries({ queryKey: ['imports'] }),
          notifyError,
        );
      };
      putJob(
        jobOf(
          batch,
          t(batch.status === 'rolling_back' ? 'job.rollBack' : 'job.import', { name: batch.name }),
          cancel,
        ),
      );
      if (isActive(batch)) followed.current.add(batch.id);
      else {
        followed.current.delete(batch.id);
        for (const key of ['imports', 'contacts', 'campaigns', 'do-not-call'])
          void client.invalidateQueries({ queryKey: [key] });
      }
    }
  }, [data, client, t]);
  return null;
}
