/** What stands below something of a height not known yet: it asks for its own at once, and is shown when that is there. */
import type { ReactNode } from 'react';

interface BelowProps {
  /** What stands above has no first answer: what could be used already would be pushed away under the pointer. */
  waits: boolean;
  children: ReactNode;
}

export function Below({ waits, children }: BelowProps) {
  return <div style={{ display: waits ? 'none' : 'contents' }}>{children}</div>;
}
