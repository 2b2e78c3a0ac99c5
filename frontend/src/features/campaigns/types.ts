/** Words of campaigns, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type Campaign = Words['CampaignOut'];
export type CampaignItem = Words['CampaignItem'];
export type CampaignPatch = Words['CampaignPatch'];
export type Disposition = Words['DispositionOut'];
export type DispositionIn = Words['DispositionIn'];
export type AssignmentIn = Words['AssignmentIn'];
export type CampaignNumberIn = Words['CampaignNumberIn'];
export type Zone = Words['CampaignNumberOut']['zone'];
export type RetryRule = Words['RetryRuleOut'];
export type Hours = Words['CampaignOut']['hours'][number];
export type Script = Words['ScriptOut'];
export type ScriptPage = Script['pages'][number];
export type Question = NonNullable<ScriptPage['questions']>[number];
export type Objection = Script['objections'][number];
export type Announcement = Campaign['announcements'][number];
export type AmdSettings = Campaign['amd_settings'];
export type AmdReport = Words['AmdReport'];
export type Missing = Campaign['missing'][number];

/** The most automatic first. */
export const MODES: Campaign['mode'][] = ['predictive', 'power', 'progressive', 'preview', 'manual'];
export const BASES: Campaign['basis'][] = [
  'consent',
  'contract',
  'callback_request',
  'business',
  'not_canvassing',
];
export const SECTORS: Campaign['sector'][] = ['', 'energy', 'home_adaptation', 'training_account'];
/** Calls are placed for the team: nobody has a record before somebody answers. */
export const isPooled = (mode: Campaign['mode']): boolean => mode === 'power' || mode === 'predictive';

export const SECTIONS = [
  'general',
  'legal',
  'people',
  'numbers',
  'hours',
  'calls',
  'pacing',
  'machines',
  'outcomes',
  'script',
  'territory',
  'filter',
  'steering',
  'queue',
] as const;
export type SectionCode = (typeof SECTIONS)[number];

/** Where each reason that keeps a campaign closed is mended. */
export const MENDED_IN: Record<Missing['code'], SectionCode> = {
  no_assignment: 'people',
  no_trunk: 'numbers',
  no_presented_number: 'numbers',
  no_disposition: 'outcomes',
  no_caller_name: 'general',
  no_callback_number: 'general',
  no_machine_message: 'machines',
  no_principal: 'legal',
  banned_sector: 'legal',
  no_campaign_hours: 'hours',
  fiction_presented: 'numbers',
  mobile_presented: 'numbers',
  premium_presented: 'numbers',
  technical_presented: 'numbers',
  foreign_presented: 'numbers',
  presented_of_another: 'numbers',
  territorial_presented: 'numbers',
  archived: 'general',
};
