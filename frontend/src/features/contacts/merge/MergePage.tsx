/** Merge two records: the other one is found, both are seen side by side, each field and number is chosen, then they are one. */
import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Page } from '@/components/Page';
import { api, unwrap } from '@/lib/api/client';
import { contactName } from '@/lib/format/contact';
import { useUrlState } from '@/lib/url-state';
import { ContactTrail } from '../ContactTrail';
import { contactQuery } from '../queries';
import { ChooseOther } from './ChooseOther';
import { Compare } from './Compare';

export function MergePage() {
  const { t } = useTranslation('contact-card');
  const { id } = useParams({ strict: false }) as { id: string };
  const [{ with: other }] = useUrlState<'with'>();
  const { data: contact, error, refetch } = useQuery(contactQuery(Number(id)));
  const title = contact ? t('mergeOf', { name: contactName(contact) }) : t('merge');
  return (
    <Page title={<ContactTrail>{title}</ContactTrail>}>
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!contact && !error && <Waiting />}
      {contact && !other && <ChooseOther contact={contact} />}
      {contact && other && <Both key={`${id}-${other}`} id={contact.id} other={Number(other)} />}
    </Page>
  );
}

function Waiting() {
  const { t } = useTranslation('contact-card');
  return (
    <Center mih="40vh">
      <Loader size="sm" role="status" aria-label={t('common:loading')} />
    </Center>
  );
}

function Both({ id, other }: { id: number; other: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['contacts', 'merge', id, other],
    queryFn: () =>
      unwrap(
        api.GET('/api/contacts/{contact_id}/merge/{other_id}', {
          params: { path: { contact_id: id, other_id: other } },
        }),
      ),
    // What was chosen must not move under the hand.
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
  if (data) return <Compare comparison={data} onReload={() => void refetch()} />;
  return error ? <ErrorMessage error={error} onRetry={() => void refetch()} /> : <Waiting />;
}
