/** The contact's e-mails, under a button of the record: read, and written, without leaving the call. */
import { Box, Button, Popover, ScrollArea } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '@/components/KeyHint';
import { MailPanel } from '@/components/mails/MailPanel';
import { ownKeys, setPanel, togglePanel, usePanel } from '../panels';

interface MailsProps {
  contactId: number;
  campaignId: number | null;
}

export function Mails({ contactId, campaignId }: MailsProps) {
  const { t } = useTranslation('mails');
  const opened = usePanel()?.panel === 'mails';
  return (
    <Popover
      opened={opened}
      onChange={(shown) => !shown && setPanel(null)}
      position="bottom-end"
      width={460}
      shadow="lg"
      trapFocus
      returnFocus
      withinPortal
      closeOnEscape
    >
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconMail size={14} aria-hidden />}
          rightSection={<KeyHint>L</KeyHint>}
          aria-keyshortcuts="l"
          style={{ flexShrink: 0 }}
          data-testid="desk-mails"
          onClick={() => togglePanel('mails')}
        >
          {t('desk')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown {...ownKeys(opened)}>
        {opened && (
          <ScrollArea.Autosize mah="60vh" type="auto" data-testid="desk-mails-panel">
            {/* Room for the rings of what has the focus. */}
            <Box p={4}>
              <MailPanel contactId={contactId} campaignId={campaignId} />
            </Box>
          </ScrollArea.Autosize>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
