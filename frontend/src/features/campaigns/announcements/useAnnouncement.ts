/** The acts on one announcement. Each is kept at once, apart from the page's save bar. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { upload } from '@/lib/api/upload';
import { campaignQuery } from '../queries';
import type { Announcement, Campaign } from '../types';

export type AnnouncementAct = { keep: File } | { say: string } | 'remove';

export function useAnnouncement(campaignId: number, kind: Announcement['kind'], onDone: () => void) {
  const { t } = useTranslation('campaigns');
  const client = useQueryClient();
  const path = { campaign_id: campaignId, kind };
  return useMutation({
    mutationFn: (act: AnnouncementAct): Promise<Campaign> => {
      if (act === 'remove')
        return unwrap(api.DELETE('/api/campaigns/{campaign_id}/announcements/{kind}', { params: { path } }));
      if ('say' in act)
        return unwrap(
          api.PUT('/api/campaigns/{campaign_id}/announcements/{kind}/text', {
            params: { path },
            body: { text: act.say },
          }),
        );
      return upload<Campaign>(`/api/campaigns/${campaignId}/announcements/${kind}/sound`, act.keep);
    },
    onSuccess: (campaign, act) => {
      client.setQueryData(campaignQuery(campaignId).queryKey, campaign);
      notifyDone(t(act === 'remove' ? `announcement.removed.${kind}` : 'announcement.kept'));
      onDone();
    },
  });
}
