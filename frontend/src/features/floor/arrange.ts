/** Filters and order of the agents' table; pure. */
import type { AgentRow } from '@/lib/floor/types';

export interface Arrangement {
  q?: string | undefined;
  state?: string;
  campaign?: string;
  sort?: string;
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const KEYS: Record<string, (row: AgentRow) => string | number> = {
  name: (row) => plain(row.name),
  // The oldest state first when ascending: who has been waiting, talking or pausing longest.
  since: (row) => row.since,
  calls: (row) => row.figures.calls ?? 0,
  reached: (row) => row.figures.reached ?? 0,
  pitched: (row) => row.figures.pitched ?? 0,
  positive: (row) => row.figures.positive ?? 0,
  talk: (row) => row.figures.talk_s ?? 0,
  pause: (row) => row.figures.pause_s ?? 0,
  signed_in: (row) => row.figures.signed_in_s ?? 0,
};

export function arrange(
  agents: readonly AgentRow[],
  { q, state, campaign, sort = 'name' }: Arrangement,
): AgentRow[] {
  const wanted = plain(q ?? '');
  const kept = agents.filter(
    (row) =>
      (!wanted || plain(`${row.name} ${row.callee} ${row.e164}`).includes(wanted)) &&
      (!state || row.state === state) &&
      (!campaign || String(row.campaign_id) === campaign),
  );
  const descending = sort.startsWith('-');
  const key = KEYS[descending ? sort.slice(1) : sort] ?? KEYS['name'];
  if (!key) return kept;
  const order = (a: AgentRow, b: AgentRow): number => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : a.user_id - b.user_id;
  };
  return kept.sort((a, b) => (descending ? -order(a, b) : order(a, b)));
}
