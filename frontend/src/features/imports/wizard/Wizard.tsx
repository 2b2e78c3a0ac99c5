/** From a file just sent to an import under way: how to read it, where its columns go, what to do of duplicates, whom to feed. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { notifyError } from '@/components/notify';
import { Page } from '@/components/Page';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import type { components } from '@/lib/api/schema';
import { upload } from '@/lib/api/upload';
import classes from '../Imports.module.css';
import { importQuery, recentImportsQuery, savedMappingsQuery } from '../queries';
import type { ImportDetail, ImportPatch, ImportStart } from '../types';
import { Columns } from './Columns';
import { Consents } from './Consents';
import { type Choices, hasNumber, mapped, problemOf, provesConsents, startBody } from './mapping';
import { Policy } from './Policy';
import { Reading } from './Reading';
import { Tidying } from './Tidying';
import { useDraft } from './useDraft';
import { useMisfits } from './useMisfits';

type Kept = components['schemas']['EvidenceOut'];

export function Wizard({ batch, title }: { batch: ImportDetail; title: ReactNode }) {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const [{ choices, policy, tidy, terms }, change] = useDraft(batch);
  const [evidence, setEvidence] = useState<File | null>(null);
  const path = { batch_id: batch.id };
  const reread = useMutation({
    mutationFn: (body: ImportPatch) =>
      unwrap(api.PATCH('/api/imports/{batch_id}', { params: { path }, body })),
    onSuccess: (next) => {
      client.setQueryData(importQuery(batch.id).queryKey, next);
      change({ choices: {} });
    },
  });
  const start = useMutation({
    mutationFn: async (body: ImportStart) => {
      const kept = body.consent && evidence ? await upload<Kept>('/api/evidence', evidence) : null;
      const consent = body.consent ? { ...body.consent, evidence_id: kept?.id ?? null } : null;
      return unwrap(
        api.POST('/api/imports/{batch_id}/start', { params: { path }, body: { ...body, consent } }),
      );
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: importQuery(batch.id).queryKey });
      void client.invalidateQueries({ queryKey: recentImportsQuery.queryKey });
      void client.invalidateQueries({ queryKey: savedMappingsQuery.queryKey });
      void client.invalidateQueries({ queryKey: ['custom-fields'] });
    },
  });
  const preview = batch.preview;
  const columns = mapped(preview?.columns ?? [], choices);
  const misfits = useMisfits(batch, columns);
  const proves = provesConsents(columns);
  const problem = problemOf(columns, terms);
  const choose = (some: Choices): void => change({ choices: { ...choices, ...some } });
  const linked = columns.filter(({ target }) => target).length;
  const rows = preview?.rows_total ?? 0;

  return (
    <div className={classes.wizard}>
      <div className={classes.wizardBody}>
        <Page title={title}>
          <Section title={t('wizard.reading')} help={t('wizard.readingHelp')}>
            <Reading batch={batch} busy={reread.isPending} onChange={(body) => reread.mutate(body)} />
            {reread.error && <ErrorMessage error={reread.error} />}
            {preview?.warnings.map((warning) => (
              <Alert key={warning} color="yellow" py="xs">
                {warning}
              </Alert>
            ))}
          </Section>
          <Section title={t('wizard.columns')} help={t('wizard.columnsHelp')} stacked>
            {preview && <Columns {...{ preview, columns, misfits }} onChoose={choose} onMapping={change} />}
            {!hasNumber(columns) && (
              <Alert color="yellow" py="xs">
                {t('wizard.noNumber')}
              </Alert>
            )}
          </Section>
          {proves && (
            <Consents
              columns={columns}
              value={terms}
              file={evidence}
              errors={start.error instanceof ApiError ? start.error.fields : {}}
              onChange={(next) => change({ terms: next })}
              onFile={setEvidence}
            />
          )}
          <Tidying value={tidy} onChange={(next) => change({ tidy: next })} />
          <Policy value={policy} onChange={(next) => change({ policy: next })} />
        </Page>
      </div>
      <StartBar
        batch={batch}
        problem={problem ? t(`wizard.problem.${problem}`) : null}
        error={start.error}
        summary={t('wizard.summary', { linked, total: columns.length, count: rows })}
      >
        <Button
          loading={start.isPending}
          disabled={problem !== null || rows === 0 || reread.isPending}
          onClick={() =>
            start.mutate({ ...policy, tidy, ...startBody(columns), consent: proves ? terms : null })
          }
          data-testid="start-import"
        >
          {t('wizard.start', { count: rows })}
        </Button>
      </StartBar>
    </div>
  );
}

interface StartBarProps {
  batch: ImportDetail;
  problem: string | null;
  error: unknown;
  summary: string;
  children: ReactNode;
}

function StartBar({ batch, problem, error, summary, children }: StartBarProps) {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const navigate = useNavigate();
  const discard = (): void => {
    unwrap(api.DELETE('/api/imports/{batch_id}', { params: { path: { batch_id: batch.id } } })).then(
      async () => {
        await navigate({ to: '/imports' });
        client.removeQueries({ queryKey: importQuery(batch.id).queryKey });
        await client.invalidateQueries({ queryKey: ['imports', 'list'] });
      },
      notifyError,
    );
  };
  return (
    <div className={classes.startBar}>
      {error ? <ErrorMessage error={error} title={t('wizard.notStarted')} whole /> : null}
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c={problem ? 'var(--state-fault-ink)' : 'dimmed'} role="status">
          {problem ?? summary}
        </Text>
        <Group gap="sm" wrap="nowrap">
          <ConfirmInline confirmLabel={t('wizard.discardConfirm')} onConfirm={discard}>
            {t('wizard.discard')}
          </ConfirmInline>
          {children}
        </Group>
      </Group>
    </div>
  );
}
