/** What was changed in the sections that apply at once, and waits for their button: kept while one looks at another section. */
import { useState } from 'react';
import type { Tree } from '@/components/filter/tree';
import type { CampaignList, Order } from './steering/queries';
import type { Part } from './territory/parts';
import type { SectionCode } from './types';

export type ListEdit = Pick<CampaignList, 'priority' | 'share'>;

interface Edits {
  order: Order;
  /** By the list's key. */
  lists: Record<string, ListEdit>;
  territory: Part[];
  /** Of both, what was touched. */
  filter: { tree: Tree | null; named: string | null };
}

const SECTION_OF: Record<keyof Edits, SectionCode> = {
  territory: 'territory',
  filter: 'filter',
  order: 'steering',
  lists: 'steering',
};

export interface Unapplied {
  edits: Partial<Edits>;
  /** undefined: nothing is changed there any more. */
  edit: <K extends keyof Edits>(part: K, value: Edits[K] | undefined) => void;
  /** Each once. */
  sections: SectionCode[];
}

export function useUnapplied(): Unapplied {
  const [edits, setEdits] = useState<Partial<Edits>>({});
  const parts = (Object.keys(SECTION_OF) as (keyof Edits)[]).filter((part) => edits[part] !== undefined);
  return {
    edits,
    edit: (part, value) => setEdits((all) => ({ ...all, [part]: value })),
    sections: [...new Set(parts.map((part) => SECTION_OF[part]))],
  };
}
