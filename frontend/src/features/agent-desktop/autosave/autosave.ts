/**
 * Saves what is typed, as it is typed, and never loses it: a copy stays in the browser's storage until the server has confirmed.
 *
 * Not tied to the screen: the next call may come while the last record is still being saved. A refusal by the server is
 * shown and kept; an unreachable server is asked again until it answers.
 */
import { type ApiError, errorFromThrown } from '@/lib/api/error';
import type { SaveState } from '@/components/SavedMark';

export interface Target {
  /** Unique among all that can be saved. */
  id: string;
  contactId: number;
  section: 'record' | 'note' | 'answers';
}

export interface Entry<T extends Target> {
  readonly target: T;
  readonly value: unknown;
  /** The server's value when the typing began. */
  readonly base: unknown;
  readonly state: Exclude<SaveState, 'idle'>;
  readonly message: string | undefined;
}

interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const RETRY_MS = [1000, 2000, 5000, 10_000];
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export class Autosave<T extends Target> {
  private readonly entries = new Map<string, Entry<T>>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly failures = new Map<string, number>();
  /** All that was sent for a target: the server may still show an earlier one of them. */
  private readonly sent = new Map<string, Set<string>>();
  /** Sections of records of which something was saved: the mark stays after the server shows it. */
  private readonly confirmed = new Set<string>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private readonly send: (target: T, value: unknown) => Promise<void>;
  private readonly storage: Storage;
  private storageKey = '';

  constructor(send: (target: T, value: unknown) => Promise<void>, storage: Storage) {
    this.send = send;
    this.storage = storage;
  }

  /** Takes up what this user had typed before the page was reloaded, and saves it. */
  start(userId: number): void {
    const key = `decroche.typed.${userId}`;
    if (this.storageKey === key) return;
    this.storageKey = key;
    this.entries.clear();
    try {
      const kept = JSON.parse(this.storage.getItem(key) ?? '[]') as [T, unknown, unknown][];
      for (const [target, value, base] of kept) this.put(target, value, base, 0);
    } catch {
      this.storage.removeItem(key);
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (id: string): Entry<T> | undefined => this.entries.get(id);

  /** `base`: what the server had before; kept from the first keystroke on. */
  put(target: T, value: unknown, base: unknown, delayMs = 600): void {
    const known = this.entries.get(target.id);
    const first = known && known.state !== 'saved' ? known.base : base;
    this.set({ target, value, base: first, state: 'waiting', message: undefined });
    this.failures.delete(target.id);
    this.schedule(target.id, delayMs);
  }

  /** Saves at once what waits (a field was left, the agent signs out); resolves when nothing is on its way. */
  async flush(id?: string): Promise<void> {
    const ids = id ? [id] : [...this.timers.keys()];
    for (const one of ids) if (this.timers.has(one)) this.run(one);
    await Promise.all(this.running.values());
  }

  /** The server now shows `value`: what has arrived, or was changed by somebody else since, is let go. */
  settle(id: string, value: unknown): void {
    const entry = this.entries.get(id);
    if (entry?.state !== 'saved') return;
    const ours = same(value, entry.base) || this.sent.get(id)?.has(JSON.stringify(value ?? null));
    if (ours && !same(value, entry.value)) return;
    this.entries.delete(id);
    this.sent.delete(id);
    this.changed();
  }

  /** Another record is on the screen: what is saved of the others need not be remembered. */
  forgetSaved(exceptContactId: number | null): void {
    for (const key of this.confirmed) if (!key.startsWith(`${exceptContactId}.`)) this.confirmed.delete(key);
    for (const [id, { state, target }] of this.entries)
      if (state === 'saved' && target.contactId !== exceptContactId) {
        this.entries.delete(id);
        this.sent.delete(id);
      }
  }

  /** The mark beside a section: the worst of its parts. */
  stateOf(contactId: number, section: Target['section']): SaveState {
    const states = [...this.entries.values()]
      .filter(({ target }) => target.contactId === contactId && target.section === section)
      .map(({ state }) => state);
    const order = ['failed', 'saving', 'waiting', 'saved'] as const;
    return (
      order.find((state) => states.includes(state)) ??
      (this.confirmed.has(`${contactId}.${section}`) ? 'saved' : 'idle')
    );
  }

  private schedule(id: string, delayMs: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.set(
      id,
      setTimeout(() => this.run(id), delayMs),
    );
  }

  private run(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    // One request at a time for each target, so that the last one typed is the last one written.
    const before = this.running.get(id) ?? Promise.resolve();
    const mine = before
      .then(() => this.saveOnce(id))
      .finally(() => {
        if (this.running.get(id) === mine) this.running.delete(id);
      });
    this.running.set(id, mine);
  }

  private async saveOnce(id: string): Promise<void> {
    const entry = this.entries.get(id);
    if (!entry || entry.state === 'saved') return;
    this.set({ ...entry, state: 'saving' });
    const sent = this.sent.get(id) ?? new Set();
    this.sent.set(id, sent.add(JSON.stringify(entry.value ?? null)));
    try {
      await this.send(entry.target, entry.value);
      this.failures.delete(id);
      this.confirmed.add(`${entry.target.contactId}.${entry.target.section}`);
      this.conclude(entry, { state: 'saved', message: undefined });
    } catch (thrown) {
      this.failed(entry, errorFromThrown(thrown));
    }
  }

  private failed(entry: Entry<T>, error: ApiError): void {
    const { id } = entry.target;
    const mayPass = error.status === 0 || error.status >= 500 || error.status === 401;
    const message = Object.values(error.fields)[0] ?? error.message;
    this.conclude(entry, { state: mayPass ? 'waiting' : 'failed', message });
    if (!mayPass) return;
    const count = this.failures.get(id) ?? 0;
    this.failures.set(id, count + 1);
    if (!this.timers.has(id)) this.schedule(id, RETRY_MS[Math.min(count, RETRY_MS.length - 1)] ?? 0);
  }

  /** Only if nothing was typed meanwhile: else the newer value waits for its own turn. */
  private conclude(entry: Entry<T>, change: Pick<Entry<T>, 'state' | 'message'>): void {
    const now = this.entries.get(entry.target.id);
    if (now && same(now.value, entry.value)) this.set({ ...now, ...change });
  }

  private set(entry: Entry<T>): void {
    this.entries.set(entry.target.id, entry);
    this.changed();
  }

  private changed(): void {
    if (this.storageKey) {
      const unsaved = [...this.entries.values()].filter(({ state }) => state !== 'saved');
      if (unsaved.length === 0) this.storage.removeItem(this.storageKey);
      else {
        const kept = unsaved.map(({ target, value, base }) => [target, value, base]);
        this.storage.setItem(this.storageKey, JSON.stringify(kept));
      }
    }
    for (const listener of this.listeners) listener();
  }
}
