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
import { formatNumber } from '@/lib/format/number';
import classes from '../Imports.module.css';
import { importQuery, recentImportsQuery } from '../queries';
import type { ImportDetail, ImportPatch, ImportStart } from '../types';
import { ColumnsGrid } from './ColumnsGrid';
import { type Choices, hasNumber, mapped, problemOf, startBody } from './mapping';
import { Policy, type PolicyValues } from './Policy';
import { Reading } from './Reading';

export function Wizard({ batch, title }: { batch: ImportDetail; title: ReactNode }) {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const [choices, setChoices] = useState<Choices>({});
  const [policy, setPolicy] = useState<PolicyValues>({
    name: batch.name || batch.file_name.replace(/\.\w+$/, ''),
    duplicates: batch.duplicates,
    match_by: batch.match_by.length ? batch.match_by : ['phone', 'client_code'],
    campaign_id: batch.campaign?.id ?? null,
  });
  const path = { batch_id: batch.id };
  const reread = useMutation({
    mutationFn: (body: ImportPatch) =>
      unwrap(api.PATCH('/api/imports/{batch_id}', { params: { path }, body })),
    onSuccess: (next) => {
      client.setQueryData(importQuery(batch.id).queryKey, next);
      setChoices({});
    },
  });
  const start = useMutation({
    mutationFn: (body: ImportStart) =>
      unwrap(api.POST('/api/imports/{batch_id}/start', { params: { path }, body })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: importQuery(batch.id).queryKey });
      void client.invalidateQueries({ queryKey: recentImportsQuery.queryKey });
    },
  });
  const preview = batch.preview;
  const columns = mapped(preview?.columns ?? [], choices);
  const problem = problemOf(columns);
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
            {preview && (
              <ColumnsGrid
                preview={preview}
                columns={columns}
                headerRow={batch.header_row}
                onChoose={(index, choice) => setChoices((all) => ({ ...all, [index]: choice }))}
              />
            )}
            {!hasNumber(columns) && (
              <Alert color="yellow" py="xs">
                {t('wizard.noNumber')}
              </Alert>
            )}
          </Section>
          <Policy value={policy} onChange={setPolicy} />
        </Page>
      </div>
      <StartBar
        batch={batch}
        problem={problem ? t(`wizard.problem.${problem}`) : null}
        error={start.error}
        summary={t('wizard.summary', { linked, total: columns.length, rows: formatNumber(rows) })}
      >
        <Button
          loading={start.isPending}
          disabled={problem !== null || rows === 0 || reread.isPending}
          onClick={() => start.mutate({ ...policy, ...startBody(columns) })}
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
      {error ? <ErrorMessage error={error} title={t('wizard.notStarted')} /> : null}
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
