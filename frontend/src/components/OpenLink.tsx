/** Opens an address that a field holds, in a tab of its own; nothing while it is none. */
import { ActionIcon } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function OpenLink({ address, name }: { address: string; name: string }) {
  const { t } = useTranslation('common');
  if (!/^https?:\/\/[^\s/]/i.test(address)) return null;
  return (
    <ActionIcon
      component="a"
      href={address}
      target="_blank"
      rel="noreferrer"
      size="sm"
      color="gray"
      aria-label={t('openLink', { name })}
      title={address}
    >
      <IconExternalLink size={16} aria-hidden />
    </ActionIcon>
  );
}
