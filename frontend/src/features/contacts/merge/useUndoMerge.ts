/** Taking a merge back: two records again. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '@/components/notify';
import { withdrawUndo } from '@/components/notify-undo';
import { api, unwrap } from '@/lib/api/client';
import { useContactChanged } from '../queries';

/** Names the message that offers it. */
export const undoId = (keptId: number, formerId: number): string => `merge-${keptId}-${formerId}`;

export function useUndoMerge(keptId: number) {
  const { t } = useTranslation('contact-card');
  const client = useQueryClient();
  const changed = useContactChanged();
  return useMutation({
    mutationFn: (formerId: number) =>
      unwrap(
        api.POST('/api/contacts/{contact_id}/merges/{former_id}/undo', {
          params: { path: { contact_id: keptId, former_id: formerId } },
        }),
      ),
    onSuccess: (contact, formerId) => {
      withdrawUndo(undoId(keptId, formerId));
      changed(contact);
      void client.invalidateQueries({ queryKey: ['contacts'] });
      notifyDone(t('unmerged', { id: formerId }));
    },
  });
}
