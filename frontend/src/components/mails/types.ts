/** Words of e-mails, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type MailItem = Words['MailItem'];
export type MailIn = Words['MailIn'];
export type Problem = NonNullable<MailItem['problem']>;
export type CampaignRef = Words['CampaignRef'];
