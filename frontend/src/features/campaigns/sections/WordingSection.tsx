/** The exact words that agents read aloud to ask for a consent: kept by their own button, each change a version. */
import { Button, Group, Loader, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '@/components/consents/Consents.module.css';
import { wordingQuery } from '@/components/consents/queries';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { formatDateTime } from '@/lib/format/time';

interface Words {
  object: string;
  text: string;
}

export function WordingSection({ campaignId }: { campaignId: number }) {
  const { t } = useTranslation('consents');
  const client = useQueryClient();
  const query = wordingQuery(campaignId);
  const { data, error, refetch } = useQuery(query);
  const [edited, setEdited] = useState<Words | null>(null);
  const save = useMutation({
    mutationFn: (body: Words) =>
      unwrap(
        api.PUT('/api/campaigns/{campaign_id}/consent-wording', {
          params: { path: { campaign_id: campaignId } },
          body,
        }),
      ),
    onSuccess: (told) => {
      client.setQueryData(query.queryKey, told);
      setEdited(null);
    },
  });
  const kept: Words = { object: data?.current?.object ?? '', text: data?.current?.text ?? '' };
  const shown = edited ?? kept;
  const changed = edited !== null && (edited.object !== kept.object || edited.text !== kept.text);
  const errors = save.error instanceof ApiError ? save.error.fields : {};
  const set = (some: Partial<Words>): void => {
    save.reset();
    setEdited({ ...shown, ...some });
  };
  return (
    <Section title={t('wording.title')} help={t('wording.help')}>
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
      {data && (
        <>
          <TextInput
            label={t('field.object')}
            placeholder={t('field.objectHint')}
            maxLength={300}
            value={shown.object}
            error={errors['object']}
            onChange={(event) => set({ object: event.currentTarget.value })}
          />
          <Textarea
            label={t('wording.text')}
            description={t('wording.textHelp')}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={10_000}
            value={shown.text}
            error={errors['text']}
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
          {save.error && Object.keys(errors).length === 0 && <ErrorMessage error={save.error} />}
          {changed && (
            <Group gap="sm">
              <Button
                size="xs"
                loading={save.isPending}
                data-testid="keep-wording"
                onClick={() => save.mutate(shown)}
              >
                {t('wording.keep', { version: (data.versions[0]?.version ?? 0) + 1 })}
              </Button>
              <Button size="xs" variant="default" onClick={() => setEdited(null)}>
                {t('common:actions.cancel')}
              </Button>
            </Group>
          )}
          {data.versions.length > 0 && (
            <details className={classes.more}>
              <summary>{t('wording.versions', { count: data.versions.length })}</summary>
              {data.versions.map((one) => (
                <div key={one.version}>
                  <Text size="xs" c="dimmed" mt="xs">
                    {[
                      t('wording.version', { version: one.version }),
                      formatDateTime(one.made_at),
                      one.made_by?.name,
                      one.object,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </Text>
                  <blockquote className={classes.wording}>{one.text || t('wording.nothing')}</blockquote>
                </div>
              ))}
            </details>
          )}
        </>
      )}
    </Section>
  );
}
