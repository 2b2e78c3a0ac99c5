/** Texts for who is called and for agents, filled from the configuration: one click copies one. */
import { Button, CopyButton, Group, Select, Text, Title } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { principalsQuery } from '@/lib/api/names';
import type { components } from '@/lib/api/schema';
import classes from './Privacy.module.css';
import { noticesQuery } from './queries';

export function Notices() {
  const { t, i18n } = useTranslation('privacy');
  const [siren, setSiren] = useState('');
  const { data: principals } = useQuery(principalsQuery);
  const { data, error, refetch } = useQuery({
    ...noticesQuery(siren, i18n.language),
    placeholderData: keepPreviousData,
  });
  return (
    <Section title={t('notices.title')} help={t('notices.help')} stacked>
      <Select
        label={t('notices.principal')}
        w={360}
        allowDeselect={false}
        data={[
          { value: '', label: t('notices.everybody') },
          ...(principals?.items ?? []).map((one) => ({ value: one.siren, label: one.name })),
        ]}
        value={siren}
        onChange={(value) => setSiren(value ?? '')}
      />
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {data?.map((one) => (
        <Notice key={one.code} notice={one} />
      ))}
    </Section>
  );
}

function Notice({ notice }: { notice: components['schemas']['NoticeOut'] }) {
  const { t } = useTranslation('privacy');
  const title = t(`notices.${notice.code}`);
  return (
    <article className={classes.notice} aria-label={title} data-testid={`notice-${notice.code}`}>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Title order={3} size="h4">
            {title}
          </Title>
          <Text size="xs" c="dimmed">
            {t(`notices.${notice.code}Help`)}
          </Text>
        </div>
        <CopyButton value={notice.text}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              flex="none"
              onClick={copy}
              aria-label={`${t(copied ? 'notices.copied' : 'notices.copy')} : ${title}`}
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            >
              {t(copied ? 'notices.copied' : 'notices.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="sm" className={classes.words}>
        {notice.text}
      </Text>
    </article>
  );
}
