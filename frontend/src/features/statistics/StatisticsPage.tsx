/** Not written yet: only the frame. */
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';

export function StatisticsPage() {
  const { t } = useTranslation('common');
  return <Page title={t('nav.statistics')}>{null}</Page>;
}
