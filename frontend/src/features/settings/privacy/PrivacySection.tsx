/** Persons' data: what goes at the end of its time, what went, what a person asks for, and the papers of the law. */
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../Settings.module.css';
import { AccessRequests } from './AccessRequests';
import { Controller } from './Controller';
import { Notices } from './Notices';
import { Register } from './Register';
import { RetentionLog } from './RetentionLog';
import { RetentionPreview } from './RetentionPreview';

export function PrivacySection() {
  const { t } = useTranslation('privacy');
  return (
    <section aria-label={t('title')}>
      <Title order={2}>{t('title')}</Title>
      <Text size="sm" c="dimmed" maw={720} mb="sm">
        {t('help')}
      </Text>
      <div className={classes.form}>
        <RetentionPreview />
        <AccessRequests />
        <RetentionLog />
        <Register />
        <Notices />
        <Controller />
      </div>
    </section>
  );
}
