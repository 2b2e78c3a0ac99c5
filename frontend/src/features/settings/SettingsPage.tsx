/** Not written yet: only the frame. */
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';

export function SettingsPage() {
  const { t } = useTranslation('common');
  return <Page title={t('nav.settings')}>{null}</Page>;
}
