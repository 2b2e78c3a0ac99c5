/** Not written yet: only the frame. */
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';

export function ImportPage() {
  const { t } = useTranslation('common');
  return <Page title={t('nav.imports')}>{null}</Page>;
}
