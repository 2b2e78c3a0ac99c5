/** "Exporter" above a list: a file of what the list shows, by the same conditions. */
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportDrawer } from './ExportDrawer';
import type { Subject } from './types';

interface ExportButtonProps {
  subject: Subject;
  /** As the list asks the API. */
  filters: Record<string, unknown>;
}

export function ExportButton({ subject, filters }: ExportButtonProps) {
  const { t } = useTranslation('exports');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => setOpened(true)}
        data-testid={`export-${subject}`}
      >
        {t('export')}
      </Button>
      <ExportDrawer opened={opened} onClose={() => setOpened(false)} subject={subject} filters={filters} />
    </>
  );
}
