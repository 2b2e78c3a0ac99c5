/** A contact's page and its lists: where they are kept, and what is asked again once it has changed. */
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { Contact } from './types';

export const contactQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', 'one', id],
    queryFn: () => unwrap(api.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: id } } })),
  });

export const duplicatesQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', 'duplicates', id],
    queryFn: () =>
      unwrap(api.GET('/api/contacts/{contact_id}/duplicates', { params: { path: { contact_id: id } } })),
  });

export const documentsQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', 'documents', id],
    queryFn: () =>
      unwrap(api.GET('/api/contacts/{contact_id}/documents', { params: { path: { contact_id: id } } })),
  });

/** To be told of the contact as a change has left it. */
export function useContactChanged(): (contact: Contact) => void {
  const client = useQueryClient();
  return (contact) => {
    client.setQueryData(contactQuery(contact.id).queryKey, contact);
    for (const list of [
      'list',
      'changes',
      'history',
      'duplicates',
      'documents',
      'verdicts',
      'mail-readiness',
    ])
      void client.invalidateQueries({ queryKey: ['contacts', list] });
  };
}
