/** A contact: its fields at the left, its campaigns and all that happened with it at the right. `/contacts/new` makes one. */
import { Anchor, Center, Group, Loader } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { SaveBar } from '@/components/form/SaveBar';
import { Page } from '@/components/Page';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { contactName } from '@/lib/format/contact';
import classes from './Contact.module.css';
import { change, type ContactDraft, draftOf, EMPTY } from './draft';
import { Fields } from './Fields';
import { History } from './History';
import { Places } from './Places';
import type { Contact } from './types';

export function ContactPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return id === 'new' ? <NewContact /> : <KnownContact key={id} id={Number(id)} />;
}

const contactKey = (id: number) => ['contacts', 'one', id] as const;

function KnownContact({ id }: { id: number }) {
  const { t } = useTranslation('contacts');
  const {
    data: contact,
    error,
    refetch,
  } = useQuery({
    queryKey: contactKey(id),
    queryFn: () => unwrap(api.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: id } } })),
  });
  if (contact) return <ContactForm contact={contact} />;
  return (
    <Page title={<Trail>{t('common:loading')}</Trail>}>
      {error ? (
        <ErrorMessage error={error} onRetry={() => void refetch()} />
      ) : (
        <Center mih="40vh">
          <Loader size="sm" role="status" aria-label={t('common:loading')} />
        </Center>
      )}
    </Page>
  );
}

function Trail({ children }: { children: ReactNode }) {
  const { t } = useTranslation('contacts');
  return (
    <Group gap="sm" wrap="nowrap">
      <Anchor component={Link} to="/contacts" c="dimmed" inherit>
        {t('title')}
      </Anchor>
      <span aria-hidden>›</span>
      <span>{children}</span>
    </Group>
  );
}

function ContactForm({ contact }: { contact: Contact }) {
  const client = useQueryClient();
  const base = draftOf(contact);
  const [edited, setEdited] = useState<ContactDraft | null>(null);
  const draft = edited ?? base;
  const patch = change(base, draft);
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH('/api/contacts/{contact_id}', {
          params: { path: { contact_id: contact.id } },
          body: patch ?? {},
        }),
      ),
    onSuccess: (next) => {
      client.setQueryData(contactKey(contact.id), next);
      void client.invalidateQueries({ queryKey: ['contacts', 'list'] });
      setEdited(null);
    },
  });
  const edit = (next: ContactDraft): void => {
    save.reset();
    setEdited(next);
  };
  return (
    <div className={classes.page}>
      <div className={classes.body}>
        <Page title={<Trail>{contactName(contact)}</Trail>}>
          <div className={classes.columns}>
            <Fields
              draft={draft}
              contact={contact}
              errors={save.error instanceof ApiError ? save.error.fields : {}}
              onChange={edit}
            />
            <div className={classes.right}>
              <Places contact={contact} />
              <History contact={contact} />
            </div>
          </div>
        </Page>
      </div>
      <SaveBar
        dirty={patch !== null}
        saving={save.isPending}
        error={save.error}
        onSave={() => save.mutate()}
        onDiscard={() => {
          save.reset();
          setEdited(null);
        }}
        within={`/contacts/${contact.id}`}
      />
    </div>
  );
}

function NewContact() {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [draft, setDraft] = useState(EMPTY);
  const [campaign, setCampaign] = useState<string | undefined>();
  const patch = change(EMPTY, draft);
  const create = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/contacts', {
          body: { ...patch, ...(campaign ? { campaign_id: Number(campaign) } : {}) },
        }),
      ),
    onSuccess: async ({ id }) => {
      void client.invalidateQueries({ queryKey: ['contacts', 'list'] });
      await navigate({ to: '/contacts/$id', params: { id: String(id) }, ignoreBlocker: true });
    },
  });
  return (
    <div className={classes.page}>
      <div className={classes.body}>
        <Page title={<Trail>{t('new')}</Trail>}>
          <div className={classes.one}>
            <Fields
              draft={draft}
              errors={create.error instanceof ApiError ? create.error.fields : {}}
              onChange={setDraft}
            />
            <CampaignPicker
              mt="md"
              label={t('queueIn')}
              description={t('queueInHelp')}
              placeholder={t('noCampaign')}
              value={campaign}
              onChange={setCampaign}
            />
          </div>
        </Page>
      </div>
      <SaveBar
        dirty={patch !== null}
        saving={create.isPending}
        error={create.error}
        onSave={() => create.mutate()}
        onDiscard={() => {
          create.reset();
          setDraft(EMPTY);
        }}
        within="/contacts/new"
      />
    </div>
  );
}
