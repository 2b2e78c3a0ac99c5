/** A contact's e-mails, what is to be known before writing one, and what is asked again once one has left. */
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { api, unwrap } from '@/lib/api/client';
import { type Pages, usePages } from '@/lib/api/pages';
import type { MailItem } from './types';

const SOON_MS = 2_000;
const LATER_MS = 15_000;

export const mailQuery = (contactId: number, mailId: string) =>
  queryOptions({
    queryKey: ['contacts', 'mail', contactId, mailId],
    queryFn: () =>
      unwrap(
        api.GET('/api/contacts/{contact_id}/mails/{mail_id}', {
          params: { path: { contact_id: contactId, mail_id: mailId } },
        }),
      ),
    staleTime: Infinity,
  });

export const readinessQuery = (contactId: number, campaignId: number | null) =>
  queryOptions({
    queryKey: ['contacts', 'mail-readiness', contactId, campaignId],
    queryFn: () =>
      unwrap(
        api.GET('/api/contacts/{contact_id}/mails/readiness', {
          params: {
            path: { contact_id: contactId },
            query: campaignId === null ? {} : { campaign_id: campaignId },
          },
        }),
      ),
    staleTime: 0,
    placeholderData: (before) => before,
  });

/** Newest first; asked again while one is on its way. */
export function useMails(contactId: number): Pages<MailItem> {
  const changed = useMailsChanged(contactId);
  const pages = usePages(['contacts', 'mails', contactId], (cursor) =>
    unwrap(
      api.GET('/api/contacts/{contact_id}/mails', {
        params: { path: { contact_id: contactId }, query: cursor ? { cursor } : {} },
      }),
    ),
  );
  const waiting = pages.rows?.filter(({ state }) => state === 'queued') ?? [];
  const every = waiting.length === 0 ? null : waiting.some((one) => !one.next_at) ? SOON_MS : LATER_MS;
  useEffect(() => {
    if (every === null) return;
    const timer = setInterval(changed, every);
    return () => clearInterval(timer);
  }, [every, changed]);
  return pages;
}

/** The list, and the history that tells of them: on the contact's page and on the agent's desktop. */
export function useMailsChanged(contactId: number): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    void client.invalidateQueries({ queryKey: ['contacts', 'mails', contactId] });
    void client.invalidateQueries({ queryKey: ['contacts', 'history', contactId] });
    void client.invalidateQueries({ queryKey: ['history', contactId] });
  }, [client, contactId]);
}
