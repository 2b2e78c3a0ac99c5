/** The plain page around sign-in: the name, one card, the language. */
import { Paper, SegmentedControl, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage, setLanguage, type Language } from '@/i18n';
import classes from './Frame.module.css';

export function Frame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('auth');
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <img src="/icon.svg" alt="" width={40} height={40} />
          <div>
            <Text fw={700} fz={22} lh={1.2}>
              Décroche
            </Text>
            <Text size="sm" c="dimmed">
              {t('tagline')}
            </Text>
          </div>
        </div>
        <Paper p="xl" radius="md">
          <Title order={1} mb="lg">
            {title}
          </Title>
          {children}
        </Paper>
        <SegmentedControl
          size="xs"
          aria-label={t('common:user.language')}
          value={currentLanguage()}
          onChange={(value) => void setLanguage(value as Language)}
          data={[
            { value: 'fr', label: t('common:user.french') },
            { value: 'en', label: t('common:user.english') },
          ]}
        />
      </div>
    </main>
  );
}
