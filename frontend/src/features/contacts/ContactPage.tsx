/** A contact: its fields at the left; its queues, all that happened, its documents and its changes at the right. `/contacts/new` makes one. */
import { Button, Center, Loader } from '@mantine/core';
import { IconArrowMerge } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Below } from '@/components/Below';
import { ErrorMessage } from '@/components/ErrorMessage';
import { SaveBar } from '@/components/form/SaveBar';
import { Page } from '@/components/Page';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { customFieldsQuery } from '@/lib/api/names';
import { useMe } from '@/lib/api/session';
import { verdictsQuery } from '@/lib/api/verdicts';
import { contactName } from '@/lib/format/contact';
import { AskAccess } from './AskAccess';
import classes from './Contact.module.css';
import { CanCall } from './CanCall';
import { ContactDuplicates } from './ContactDuplicates';
import { ContactTabs } from './ContactTabs';
import { ContactTrail } from './ContactTrail';
import { change, type ContactDraft, draftOf, EMPTY } from './draft';
import { EraseContact } from './EraseContact';
import { Fields } from './Fields';
import { Places } from './Places';
import { contactQuery, duplicatesQuery, useContactChanged } from './queries';
import type { Contact } from './types';

export function ContactPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return id === 'new' ? <NewContact /> : <KnownContact key={id} id={Number(id)} />;
}

function KnownContact({ id }: { id: number }) {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const { data: contact, error, refetch } = useQuery(contactQuery(id));
  const now = contact?.id ?? id;
  useEffect(() => {
    // This record was merged into another: its old address leads there.
    if (now !== id) void navigate({ to: '/contacts/$id', params: { id: String(now) }, replace: true });
  }, [now, id, navigate]);
  if (contact) return <ContactForm contact={contact} />;
  return (
    <Page title={<ContactTrail>{t('common:loading')}</ContactTrail>}>
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

function ContactForm({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const mayAnswer = useMe().permissions.includes('manage_settings');
  const changed = useContactChanged();
  const duplicates = useQuery(duplicatesQuery(contact.id));
  const verdicts = useQuery(verdictsQuery(contact.id));
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
      changed(next);
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
        <Page
          title={<ContactTrail>{contactName(contact)}</ContactTrail>}
          actions={
            <>
              <EraseContact contact={contact} />
              {mayAnswer && <AskAccess contactId={contact.id} />}
              <Button
                component={Link}
                to="/contacts/$id/merge"
                params={{ id: String(contact.id) } as never}
                variant="default"
                leftSection={<IconArrowMerge size={16} aria-hidden />}
                data-testid="merge"
              >
                {t('contact-card:merge')}
              </Button>
            </>
          }
        >
          <div className={classes.columns}>
            <Fields
              draft={draft}
              contact={contact}
              errors={save.error instanceof ApiError ? save.error.fields : {}}
              onChange={edit}
            />
            <div className={classes.right}>
              <ContactDuplicates contact={contact} />
              <Below waits={duplicates.isPending}>
                <CanCall contact={contact} />
              </Below>
              <Below waits={duplicates.isPending || verdicts.isPending}>
                <Places contact={contact} />
                <ContactTabs contact={contact} />
              </Below>
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
  const fields = useQuery(customFieldsQuery);
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
        <Page title={<ContactTrail>{t('new')}</ContactTrail>}>
          <div className={classes.one}>
            <Fields
              draft={draft}
              errors={create.error instanceof ApiError ? create.error.fields : {}}
              onChange={setDraft}
            />
            <Below waits={fields.isPending}>
              <CampaignPicker
                mt="md"
                label={t('queueIn')}
                description={t('queueInHelp')}
                placeholder={t('noCampaign')}
                value={campaign}
                onChange={setCampaign}
              />
            </Below>
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
