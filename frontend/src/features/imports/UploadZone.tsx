/** Drop files or choose them; their sending can be watched and stopped. */
import { Button, CloseButton, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Imports.module.css';
import type { Upload } from './useUpload';

export const ACCEPTED = '.csv,.txt,.tsv,.xlsx,.ods,.zip';

interface DropAreaProps {
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Shows where to let go while a file is dragged over its children. */
export function DropArea({ onFiles, children }: DropAreaProps) {
  const { t } = useTranslation('imports');
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={classes.drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node) && setOver(false)}
      onDrop={drop}
    >
      {children}
      {over && <div className={classes.over}>{t('dropHere')}</div>}
    </div>
  );
}

export function ChooseFile({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation('imports');
  return (
    <FileButton multiple accept={ACCEPTED} onChange={onFiles} inputProps={{ 'aria-label': t('choose') }}>
      {(props) => (
        <Button
          {...props}
          leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          data-testid="choose-file"
        >
          {t('choose')}
        </Button>
      )}
    </FileButton>
  );
}

export function UploadProgress({
  sending,
  onCancel,
}: {
  sending: NonNullable<Upload['sending']>;
  onCancel: () => void;
}) {
  const { t } = useTranslation('imports');
  return (
    <Stack gap={4} className={classes.sending} role="status">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" truncate>
          {t(sending.share < 1 ? 'sending' : 'reading', { name: sending.name })}
          {sending.of > 1 && ` (${t('placeOf', { place: sending.place, total: sending.of })})`}
        </Text>
        <CloseButton size="sm" aria-label={t('stopSending')} onClick={onCancel} />
      </Group>
      <Progress
        value={sending.share * 100}
        animated={sending.share >= 1}
        aria-label={t('sending', { name: sending.name })}
      />
    </Stack>
  );
}
