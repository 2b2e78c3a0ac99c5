/**
 * A file let go beside its place is opened by the browser instead of the page: what was being done is lost, for an
 * agent the call too. Whoever takes files prevents that himself; elsewhere the pointer says that they are not taken.
 */
const KINDS = ['dragover', 'drop'] as const;

function refuse(event: DragEvent): void {
  const ownInput = event.target instanceof HTMLInputElement && event.target.type === 'file';
  if (event.defaultPrevented || ownInput || !event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'none';
}

/** Until the answer is called. */
export function refuseStrayFiles(page: Window): () => void {
  for (const kind of KINDS) page.addEventListener(kind, refuse);
  return () => {
    for (const kind of KINDS) page.removeEventListener(kind, refuse);
  };
}
