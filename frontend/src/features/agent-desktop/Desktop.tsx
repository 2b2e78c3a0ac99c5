/** The desktop while the agent is signed in on the floor. Every part keeps its place whatever the call does. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from './bar/Banner';
import { TopBar } from './bar/TopBar';
import { ControlBar } from './controls/ControlBar';
import { autosave } from './autosave/typed';
import classes from './Desktop.module.css';
import { useDesktop } from './floor';
import { CallbacksDue } from './idle/CallbacksDue';
import { IdleRecord } from './idle/IdleRecord';
import { OwnDay } from './idle/OwnDay';
import { DesktopKeys } from './keys/DesktopKeys';
import { KeysSheet } from './keys/KeysSheet';
import { OutcomeBar } from './outcomes/OutcomeBar';
import { closeOfRecord, closeOfTalk } from './panels';
import { deskQuery } from './queries';
import { ReachPanel } from './reach/ReachPanel';
import { RecordPanel } from './record/RecordPanel';
import { ScriptPanel } from './script/ScriptPanel';
import { ScriptPreview } from './script/ScriptPreview';
import { SearchPanel } from './search/SearchPanel';

export function Desktop() {
  const { t } = useTranslation('agent-desktop');
  const campaign = useDesktop((state) => state.campaign);
  const record = useDesktop((state) => state.record);
  const call = useDesktop((state) => state.call);
  const { data: desk } = useQuery(deskQuery(campaign));
  const contactId = record?.contact_id ?? null;
  const isTalk = useDesktop(({ state }) => state.code === 'talking' || state.code === 'hold');
  useEffect(() => autosave.forgetSaved(contactId), [contactId]);
  useEffect(() => closeOfRecord, [contactId]);
  useEffect(() => (isTalk ? closeOfTalk : undefined), [isTalk]);

  return (
    <main className={classes.desktop} data-testid="agent-desktop" data-call={call?.id}>
      <TopBar />
      <Banner />
      <section className={classes.record} aria-label={t('record.title')} data-testid="record-panel">
        {record ? <RecordPanel key={record.contact_id} record={record} desk={desk} /> : <IdleRecord />}
      </section>
      <section className={classes.script} aria-label={t('script.title')} data-testid="script-panel">
        {record ? (
          <ScriptPanel key={record.contact_id} record={record} desk={desk} callId={call?.id ?? null} />
        ) : (
          <>
            <OwnDay />
            <ScriptPreview desk={desk} />
          </>
        )}
      </section>
      <section className={classes.reach} aria-label={t('reach.title')} data-testid="reach-panel">
        {record ? (
          <ReachPanel key={record.contact_id} record={record} desk={desk} call={call} />
        ) : (
          <CallbacksDue />
        )}
      </section>
      <OutcomeBar dispositions={desk?.dispositions} hangsUp={desk?.disposition_hangs_up ?? false} />
      <ControlBar desk={desk} />
      <DesktopKeys desk={desk} />
      <KeysSheet desk={desk} />
      <SearchPanel />
    </main>
  );
}
