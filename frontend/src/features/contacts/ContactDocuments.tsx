/** Files kept with a contact: dropped or chosen, sent with their progress, downloaded, deleted once confirmed. */
import {
  Anchor,
  Button,
  FileButton,
  Group,
  Loader,
  Progress,
  Stack,
  Text,
  VisuallyHidden,
} from '@mantine/core';
import { IconFile, IconFileText, IconPhoto, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { api, unwrap } from '@/lib/api/client';
import { upload } from '@/lib/api/upload';
import { formatSize } from '@/lib/format/size';
import { formatDateTime } from '@/lib/format/time';
import classes from './Contact.module.css';
import { documentsQuery } from './queries';
import type { Contact, ContactDocument } from './types';

const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.gif,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp,.doc,.xls,.txt,.csv';
const IMAGES = new Set(['jpg', 'png', 'gif', 'webp']);

export function ContactDocuments({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact-card');
  const client = useQueryClient();
  const query = documentsQuery(contact.id);
  const { data: documents, error, refetch } = useQuery(query);
  const [share, setShare] = useState(0);
  const [over, setOver] = useState(false);
  const again = () => client.invalidateQueries({ queryKey: query.queryKey });
  const send = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) {
        setShare(0);
        await upload(`/api/contacts/${contact.id}/documents`, file, { onProgress: setShare });
      }
    },
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      unwrap(
        api.DELETE('/api/contacts/{contact_id}/documents/{document_id}', {
          params: { path: { contact_id: contact.id, document_id: id } },
        }),
      ),
    onSettled: again,
  });
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer.files.length) send.mutate([...event.dataTransfer.files]);
  };
  return (
    <Stack
      gap="sm"
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Group gap="sm">
        <FileButton
          multiple
          accept={ACCEPTED}
          onChange={(files) => files.length && send.mutate(files)}
          inputProps={{ 'aria-label': t('document.add') }}
        >
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={send.isPending}
              leftSection={<IconUpload size={14} aria-hidden />}
              data-testid="add-document"
            >
              {t('document.add')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          {t('document.help')}
        </Text>
      </Group>
      {send.isPending && <Progress value={share * 100} aria-label={t('document.sending')} />}
      {send.error && <ErrorMessage error={send.error} />}
      {remove.error && <ErrorMessage error={remove.error} />}
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!documents && !error && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
      {documents?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('document.none')}
        </Text>
      )}
      {documents?.map((one) => (
        <Line key={one.id} contact={contact} document={one} onDelete={() => remove.mutate(one.id)} />
      ))}
    </Stack>
  );
}

interface LineProps {
  contact: Contact;
  document: ContactDocument;
  onDelete: () => void;
}

function Line({ contact, document, onDelete }: LineProps) {
  const { t } = useTranslation('contact-card');
  const Icon = IMAGES.has(document.kind) ? IconPhoto : document.kind === 'pdf' ? IconFileText : IconFile;
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" data-testid="document">
      <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
        <Icon size={16} aria-hidden style={{ flexShrink: 0 }} />
        <div style={{ minWidth: 0 }}>
          <Anchor
            href={`/api/contacts/${contact.id}/documents/${document.id}`}
            download
            size="sm"
            lineClamp={1}
            style={{ wordBreak: 'break-all' }}
          >
            {document.name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {[formatSize(document.size_bytes), document.added_by?.name, formatDateTime(document.added_at)]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
      </Group>
      <ConfirmInline
        size="xs"
        variant="subtle"
        confirmLabel={t('document.confirm')}
        onConfirm={onDelete}
        style={{ flexShrink: 0 }}
      >
        {t('common:actions.delete')}
        <VisuallyHidden>{document.name}</VisuallyHidden>
      </ConfirmInline>
    </Group>
  );
}
