/** Keeps the top bar's tray in step with recyclings under way, on every manager's screen and after a reload. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { putJob } from '@/lib/jobs';
import { isUnderWay, progressOf } from './progress';
import { recentRecyclingsQuery } from './queries';

export function RecycleWatcher() {
  const { t } = useTranslation('queue');
  const client = useQueryClient();
  const { data } = useQuery(recentRecyclingsQuery);
  const followed = useRef(new Set<number>());
  useEffect(() => {
    for (const row of data?.items ?? []) {
      const active = isUnderWay(row);
      if (!active && !followed.current.has(row.id)) continue;
      const undoing = row.status === 'undoing' || row.status === 'undone';
      putJob({
        id: `recycling-${row.id}`,
        label: t(undoing ? 'job.undo' : 'job.recycle', { campaign: row.campaign }),
        state: active ? 'running' : 'done',
        ...progressOf(row),
        href: `/campaigns/${row.campaign_id}/queue`,
      });
      if (active) followed.current.add(row.id);
      else {
        followed.current.delete(row.id);
        for (const key of ['queue', 'list', 'lists', 'steering'])
          void client.invalidateQueries({ queryKey: ['campaigns', key] });
      }
    }
  }, [data, client, t]);
  return null;
}
