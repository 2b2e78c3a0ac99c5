/** The register of processing (GDPR, article 30): filled from the configuration, read here, taken as a PDF. */
import { Anchor, Button, Group, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { TextSections } from '@/components/TextSections';
import { registerQuery } from './queries';

export function Register() {
  const { t, i18n } = useTranslation('privacy');
  const [shown, setShown] = useState(false);
  const { data, error, refetch } = useQuery({ ...registerQuery(i18n.language), enabled: shown });
  return (
    <Section title={t('register.title')} help={t('register.help')} stacked>
      <Group gap="sm">
        <Button
          variant="default"
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
          data-testid="show-register"
        >
          {t(shown ? 'register.hide' : 'register.show')}
        </Button>
        <Anchor href="/api/privacy/register.pdf" download size="sm" data-testid="register-pdf">
          {t('register.pdf')}
        </Anchor>
      </Group>
      {shown && error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {shown && !data && !error && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
      {shown && data && <TextSections sections={data.sections} data-testid="register" />}
    </Section>
  );
}
