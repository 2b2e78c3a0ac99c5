/** Where a contact's page is: below all contacts. A long name keeps to one line. */
import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function ContactTrail({ children }: { children: ReactNode }) {
  const { t } = useTranslation('contacts');
  return (
    <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
      <Anchor component={Link} to="/contacts" c="dimmed" inherit>
        {t('title')}
      </Anchor>
      <span aria-hidden>›</span>
      <Text
        span
        inherit
        lineClamp={1}
        style={{ wordBreak: 'break-all' }}
        {...(typeof children === 'string' ? { title: children } : {})}
      >
        {children}
      </Text>
    </Group>
  );
}
