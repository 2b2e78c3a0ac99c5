/** What was promised to contacts: callbacks and appointments. */
import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import { useUrlState } from '@/lib/url-state';
import { AppointmentList } from './AppointmentList';
import { CallbackList } from './CallbackList';

export function CallbacksPage() {
  const { t } = useTranslation('callbacks');
  const [search, change] = useUrlState<'tab'>();
  const tab = search.tab === 'appointments' ? 'appointments' : 'callbacks';
  return (
    <Page
      title={t('title')}
      fill
      actions={
        <SegmentedControl
          value={tab}
          aria-label={t('title')}
          onChange={(next) => change({ tab: next === 'callbacks' ? undefined : next })}
          data={(['callbacks', 'appointments'] as const).map((code) => ({
            value: code,
            label: t(`tab.${code}`),
          }))}
        />
      }
    >
      {tab === 'callbacks' ? <CallbackList /> : <AppointmentList />}
    </Page>
  );
}
