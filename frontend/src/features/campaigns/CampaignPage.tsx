/** One campaign: its sections beside one another, one save bar below them all. */
import { Anchor, Center, Group, Loader, NavLink, Text } from '@mantine/core';
import { IconPointFilled } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { LeaveGuard } from '@/components/form/LeaveGuard';
import { SaveBar } from '@/components/form/SaveBar';
import { Page } from '@/components/Page';
import { ApiError } from '@/lib/api/error';
import { ReturnMessages } from './announcements/ReturnMessages';
import { CampaignActions } from './CampaignActions';
import classes from './Campaign.module.css';
import { problemOf, type Slice } from './draft';
import { FilterBanner } from './filter/FilterBanner';
import { FilterSection } from './filter/FilterSection';
import { MissingPanel } from './MissingPanel';
import { OutcomesSection } from './outcomes/OutcomesSection';
import { ScriptSection } from './script/ScriptSection';
import { CallsSection } from './sections/CallsSection';
import { GeneralSection } from './sections/GeneralSection';
import { LegalSection } from './sections/LegalSection';
import { HoursSection } from './sections/HoursSection';
import { MachinesSection } from './machines/MachinesSection';
import { NumbersSection } from './sections/NumbersSection';
import { PacingSection } from './sections/PacingSection';
import { PeopleSection } from './sections/PeopleSection';
import { QueueSection } from './sections/QueueSection';
import { StatusBadge } from './StatusBadge';
import { SteeringSection } from './steering/SteeringSection';
import { TerritoryBanner } from './territory/TerritoryBanner';
import { TerritorySection } from './territory/TerritorySection';
import { SECTIONS, type SectionCode } from './types';
import { type CampaignDraft, useCampaignDraft } from './useCampaignDraft';
import { type Unapplied, useUnapplied } from './useUnapplied';

export function CampaignPage() {
  const { id, section } = useParams({ strict: false }) as { id: string; section?: string };
  return (
    <CampaignForm key={id} id={Number(id)} section={SECTIONS.find((code) => code === section) ?? 'general'} />
  );
}

/** Sections that apply what is chosen by a button of their own, at once. */
const AT_ONCE: SectionCode[] = ['territory', 'filter', 'steering', 'queue'];

/** Whose changes a section's dot shows. */
const SLICES_OF: Record<SectionCode, Slice[]> = {
  general: [],
  legal: [],
  people: ['assignments'],
  numbers: ['numbers'],
  hours: [],
  calls: ['retries'],
  pacing: [],
  machines: [],
  outcomes: ['dispositions'],
  script: ['script'],
  territory: [],
  filter: [],
  steering: [],
  queue: [],
};

function CampaignForm({ id, section }: { id: number; section: SectionCode }) {
  const { t } = useTranslation('campaigns');
  const state = useCampaignDraft(id);
  const { campaign, draft, changed } = state;
  const unapplied = useUnapplied();
  const title = (
    <Group gap="sm" wrap="nowrap">
      <Anchor component={Link} to="/campaigns" c="dimmed" inherit>
        {t('title')}
      </Anchor>
      <span aria-hidden>›</span>
      <Text inherit truncate maw="28rem" title={campaign?.name}>
        {campaign?.name ?? t('common:loading')}
      </Text>
      {campaign && <StatusBadge status={campaign.status} />}
    </Group>
  );
  if (state.loadError)
    return (
      <Page title={title}>
        <ErrorMessage error={state.loadError} onRetry={state.reload} />
      </Page>
    );
  if (!campaign || !draft)
    return (
      <Page title={title}>
        <Center mih="40vh">
          <Loader size="sm" role="status" aria-label={t('common:loading')} />
        </Center>
      </Page>
    );
  const problem = problemOf(draft);
  const waiting = unapplied.sections.map((code) => t(`section.${code}`));
  return (
    <div className={classes.page}>
      <div className={classes.body}>
        <Page
          title={title}
          actions={
            <CampaignActions campaign={campaign} dirty={changed.length > 0} onChanged={state.reload} />
          }
        >
          {campaign.status !== 'open' && campaign.missing.length > 0 && <MissingPanel campaign={campaign} />}
          <TerritoryBanner campaign={campaign} />
          <FilterBanner campaign={campaign} />
          <div className={classes.columns}>
            <nav className={classes.sections} aria-label={t('sections')}>
              {SECTIONS.map((code) => (
                <NavLink
                  key={code}
                  component={Link}
                  to={`/campaigns/${id}/${code}`}
                  label={t(`section.${code}`)}
                  active={code === section}
                  aria-current={code === section ? 'page' : undefined}
                  rightSection={
                    SLICES_OF[code].some((slice) => changed.includes(slice)) ? (
                      <IconPointFilled size={14} aria-label={t('forms:unsaved')} />
                    ) : unapplied.sections.includes(code) ? (
                      <IconPointFilled size={14} aria-label={t('forms:unapplied')} />
                    ) : null
                  }
                />
              ))}
            </nav>
            <div className={classes.section}>
              <fieldset className={classes.fieldset} disabled={campaign.status === 'archived'}>
                <OneSection code={section} state={state} unapplied={unapplied} />
              </fieldset>
            </div>
          </div>
        </Page>
      </div>
      {(changed.length > 0 || !AT_ONCE.includes(section)) && (
        <SaveBar
          dirty={changed.length > 0}
          saving={state.saving}
          error={state.saveError}
          problem={problem && changed.length > 0 ? t(`problem.${problem}`) : undefined}
          unapplied={waiting.length > 0 ? t('forms:unappliedIn', { parts: waiting.join(', ') }) : undefined}
          onSave={state.save}
          onDiscard={state.discard}
        />
      )}
      <LeaveGuard dirty={changed.length > 0} unapplied={waiting} within={`/campaigns/${id}`} />
    </div>
  );
}

interface OneSectionProps {
  code: SectionCode;
  state: CampaignDraft;
  unapplied: Unapplied;
}

function OneSection({ code, state, unapplied }: OneSectionProps) {
  const { campaign, draft, script, edit, saveError } = state;
  if (!campaign || !draft || !script) return null;
  const errors = saveError instanceof ApiError ? saveError.fields : {};
  switch (code) {
    case 'general':
      return (
        <GeneralSection fields={draft.fields} errors={errors} onChange={(fields) => edit('fields', fields)} />
      );
    case 'legal':
      return (
        <LegalSection
          campaignId={campaign.id}
          fields={draft.fields}
          errors={errors}
          onChange={(fields) => edit('fields', fields)}
        />
      );
    case 'people':
      return <PeopleSection value={draft.assignments} onChange={(rows) => edit('assignments', rows)} />;
    case 'numbers':
      return (
        <>
          <NumbersSection
            fields={draft.fields}
            numbers={draft.numbers}
            onFields={(fields) => edit('fields', fields)}
            onNumbers={(rows) => edit('numbers', rows)}
          />
          <ReturnMessages campaign={campaign} />
        </>
      );
    case 'hours':
      return <HoursSection fields={draft.fields} onChange={(fields) => edit('fields', fields)} />;
    case 'calls':
      return (
        <CallsSection
          fields={draft.fields}
          errors={errors}
          retries={draft.retries}
          onFields={(fields) => edit('fields', fields)}
          onRetries={(rows) => edit('retries', rows)}
        />
      );
    case 'pacing':
      return (
        <PacingSection
          campaign={campaign}
          fields={draft.fields}
          errors={errors}
          onChange={(fields) => edit('fields', fields)}
        />
      );
    case 'machines':
      return (
        <MachinesSection
          campaign={campaign}
          fields={draft.fields}
          onChange={(fields) => edit('fields', fields)}
        />
      );
    case 'outcomes':
      return (
        <OutcomesSection
          rows={draft.dispositions}
          hangsUp={draft.fields.disposition_hangs_up}
          onChange={(rows) => edit('dispositions', rows)}
          onHangsUp={(disposition_hangs_up) => edit('fields', { ...draft.fields, disposition_hangs_up })}
        />
      );
    case 'script':
      return (
        <ScriptSection
          script={draft.script}
          variables={script.variables}
          callerName={draft.fields.caller_name}
          onChange={(value) => edit('script', value)}
        />
      );
    case 'territory':
      return <TerritorySection campaign={campaign} unapplied={unapplied} />;
    case 'filter':
      return <FilterSection campaign={campaign} unapplied={unapplied} />;
    case 'steering':
      return <SteeringSection campaign={campaign} unapplied={unapplied} />;
    case 'queue':
      return <QueueSection campaign={campaign} />;
  }
}
