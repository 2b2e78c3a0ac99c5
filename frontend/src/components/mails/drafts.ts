/** What was begun and not sent, by contact: a tab or a panel may be left and found again as it was. */
export interface MailDraft {
  to: string;
  subject: string;
  text: string;
  campaignId: number | null;
}

const begun = new Map<number, MailDraft>();

export function draftFor(contactId: number, campaignId: number | null): MailDraft {
  return begun.get(contactId) ?? { to: '', subject: '', text: '', campaignId };
}

/** A draft without a word is none. */
export function keepDraft(contactId: number, draft: MailDraft): void {
  if (draft.subject.trim() || draft.text.trim()) begun.set(contactId, draft);
  else begun.delete(contactId);
}

export function forgetDraft(contactId: number): void {
  begun.delete(contactId);
}

export function hasDraft(contactId: number): boolean {
  return begun.has(contactId);
}
