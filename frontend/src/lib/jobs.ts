/** Long work that goes on while the user moves about: what the tray in the top bar shows. Features put their jobs in. */
import { useSyncExternalStore } from 'react';

export interface Job {
  /** Unique: "import-12". Adding it again replaces it. */
  id: string;
  label: string;
  state: 'running' | 'done' | 'failed';
  done: number;
  /** 0 where the total is not known. */
  total: number;
  /** Where a click leads. */
  href?: string;
  cancel?: () => void;
}

let jobs: readonly Job[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Job[]): void {
  jobs = next;
  for (const listener of listeners) listener();
}

export function putJob(job: Job): void {
  const others = jobs.filter((other) => other.id !== job.id);
  set([job, ...others]);
}

export function dropJob(id: string): void {
  set(jobs.filter((job) => job.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useJobs(): readonly Job[] {
  return useSyncExternalStore(subscribe, () => jobs);
}
