/** Long work under way, from any screen: progress, the way to it, the way to stop it. */
import { ActionIcon, Button, Group, Indicator, Popover, Progress, Stack, Text } from '@mantine/core';
import { IconProgress, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dropJob, type Job, useJobs } from '@/lib/jobs';
import { formatNumber } from '@/lib/format/number';

export function JobTray() {
  const { t } = useTranslation('common');
  const jobs = useJobs();
  const running = jobs.filter((job) => job.state === 'running').length;
  if (jobs.length === 0) return null;
  const label = running ? t('jobs.running', { count: running }) : t('jobs.none');
  return (
    <Popover position="bottom-end" width={340} shadow="md">
      <Indicator label={running || undefined} size={16} offset={5} disabled={running === 0} color="ink">
        <Popover.Target>
          <ActionIcon color="gray" aria-label={label} data-testid="job-tray">
            <IconProgress size={18} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown>
        <Stack gap="md">
          {jobs.map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function JobLine({ job }: { job: Job }) {
  const { t } = useTranslation('common');
  const share = job.total ? (100 * job.done) / job.total : 0;
  const color = { running: 'ink', done: 'teal', failed: 'red' }[job.state];
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text
          size="sm"
          truncate
          {...(job.href ? { c: 'var(--mantine-color-anchor)' } : {})}
          component={job.href ? (Link as never) : 'span'}
          {...(job.href ? { to: job.href } : {})}
        >
          {job.label}
        </Text>
        {job.state === 'running' && job.cancel && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={job.cancel}>
            {t('jobs.cancel')}
          </Button>
        )}
        {job.state !== 'running' && (
          <ActionIcon size="sm" color="gray" aria-label={t('jobs.dismiss')} onClick={() => dropJob(job.id)}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </Group>
      <Progress
        value={job.state === 'running' ? share : 100}
        color={color}
        striped={job.state === 'running' && !job.total}
        animated={job.state === 'running' && !job.total}
        aria-label={job.label}
        my={4}
      />
      <Text size="xs" c="dimmed" className="tabular">
        {job.state === 'running'
          ? t('jobs.progress', {
              done: formatNumber(job.done),
              total: job.total ? formatNumber(job.total) : '…',
            })
          : t(`jobs.${job.state}`)}
      </Text>
    </div>
  );
}
