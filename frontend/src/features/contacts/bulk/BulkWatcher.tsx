/** Keeps the top bar's tray in step with bulk actions under way, on every manager's screen and after a reload. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/components/notify';
import { putJob } from '@/lib/jobs';
import { actionsQuery, cancelAction, isUnderWay } from '@/lib/api/bulk-actions';

export function BulkWatcher() {
  const { t } = useTranslation('search');
  const client = useQueryClient();
  const { data } = useQuery(actionsQuery);
  const followed = useRef(new Set<number>());
  useEffect(() => {
    for (const action of data ?? []) {
      const active = isUnderWay(action);
      if (!active && !followed.current.has(action.id)) continue;
      const cancel = (): void => {
        cancelAction(client, action.id).catch(notifyError);
      };
      putJob({
        id: `bulk-${action.id}`,
        label: t(`bulk.kind.${action.kind}`),
        state: active ? 'running' : action.status === 'failed' ? 'failed' : 'done',
        done: action.done,
        total: action.total,
        href: '/contacts',
        ...(action.can_cancel ? { cancel } : {}),
      });
      if (active) followed.current.add(action.id);
      else {
        followed.current.delete(action.id);
        for (const key of ['contacts', 'campaigns', 'do-not-call'])
          void client.invalidateQueries({ queryKey: [key] });
      }
    }
  }, [data, client, t]);
  return null;
}
