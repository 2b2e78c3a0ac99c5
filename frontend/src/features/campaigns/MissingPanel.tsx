/** Why the campaign cannot be opened, each reason with the way to the section that mends it. */
import { Alert, Anchor } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Campaign, MENDED_IN } from './types';

export function MissingPanel({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  if (campaign.status === 'archived')
    return (
      <Alert color="gray" mb="md" py="xs">
        {t('archivedHelp')}
      </Alert>
    );
  return (
    <Alert
      color="yellow"
      mb="md"
      icon={<IconListCheck size={18} />}
      title={t('missing.title')}
      data-missing
      tabIndex={-1}
      data-testid="missing"
    >
      <ul style={{ margin: 0, paddingLeft: '1.125rem' }}>
        {campaign.missing.map(({ code, message }) => (
          <li key={code}>
            {message}{' '}
            <Anchor component={Link} to={`/campaigns/${campaign.id}/${MENDED_IN[code]}`} size="sm">
              {t('missing.mend', { section: t(`section.${MENDED_IN[code]}`) })}
            </Anchor>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
