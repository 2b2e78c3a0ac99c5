/** What contacts hear who call one of the campaign's numbers back. */
import { Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import type { Campaign } from '../types';
import { AnnouncementBox } from './AnnouncementBox';

export function ReturnMessages({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  return (
    <Section title={t('returns.title')} help={t('returns.help')}>
      <Stack gap="md">
        {(['waiting', 'missed', 'goodbye'] as const).map((kind) => (
          <div key={kind}>
            <Text size="sm" fw={600}>
              {t(`announcement.title.${kind}`)}
            </Text>
            <Text size="sm" c="dimmed" mb="xs">
              {t(`announcement.help.${kind}`)}
            </Text>
            <AnnouncementBox
              campaign={campaign}
              kind={kind}
              announcement={campaign.announcements.find((one) => one.kind === kind)}
            />
          </div>
        ))}
        <Text size="sm">
          <Link to="/settings/$section" params={{ section: 'numbers' }}>
            {t('returns.toNumbers')}
          </Link>
        </Text>
      </Stack>
    </Section>
  );
}
