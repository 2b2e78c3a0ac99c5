/** A file's filters, as each subject's list takes them. */
import type { Subject } from '@/components/export/types';
import type { Period } from '@/components/pickers/PeriodPicker';
import { given, toId } from '@/lib/api/given';
import { addDays, startOfDay } from '@/lib/format/day';

/** The names that each subject gives to the ends of a period; contacts have none. */
export const ENDS: Record<Subject, [string, string] | null> = {
  contacts: null,
  calls: ['since', 'until'],
  appointments: ['starts_from', 'starts_to'],
  callbacks: ['due_from', 'due_to'],
  answers: ['since', 'until'],
};

export function filtersOf(
  subject: Subject,
  campaign: string | undefined,
  period: Period,
): Record<string, unknown> {
  const [from, to] = ENDS[subject] ?? [];
  return given({
    campaign_id: toId(campaign),
    ...(from && period.from ? { [from]: startOfDay(period.from) } : {}),
    ...(to && period.to ? { [to]: startOfDay(addDays(period.to, 1)) } : {}),
    ...(subject === 'appointments' ? { with_cancelled: true } : {}),
  });
}
