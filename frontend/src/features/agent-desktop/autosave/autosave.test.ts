import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/lib/api/error';
import { Autosave, type Target } from './autosave';

const city: Target = { id: 'c1.city', contactId: 1, section: 'record' };
let sent: unknown[] = [];
let answer: () => Promise<void> = () => Promise.resolve();
let kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};

function started(): Autosave<Target> {
  const autosave = new Autosave<Target>((_, value) => {
    sent.push(value);
    return answer();
  }, storage);
  autosave.start(7);
  return autosave;
}

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  kept = new Map();
  answer = () => Promise.resolve();
});

describe('what is typed', () => {
  it('is sent once, when the typing stops', async () => {
    const autosave = started();
    autosave.put(city, 'L', '');
    autosave.put(city, 'Lyon', '');
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual(['Lyon']);
    expect(autosave.get(city.id)?.state).toBe('saved');
  });
  it('is in the browser until it is confirmed, and not after', async () => {
    const autosave = started();
    autosave.put(city, 'Lyon', '');
    expect(kept.get('decroche.typed.7')).toContain('Lyon');
    await vi.advanceTimersByTimeAsync(1000);
    expect(kept.size).toBe(0);
  });
  it('is taken up after a reload and saved', async () => {
    started().put(city, 'Lyon', '');
    const reloaded = started();
    expect(reloaded.get(city.id)?.value).toBe('Lyon');
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual(['Lyon']);
  });
  it('is sent again until the server answers', async () => {
    answer = () => Promise.reject(new TypeError('network'));
    const autosave = started();
    autosave.put(city, 'Lyon', '');
    await vi.advanceTimersByTimeAsync(2000);
    expect(autosave.get(city.id)?.state).toBe('waiting');
    answer = () => Promise.resolve();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(autosave.get(city.id)?.state).toBe('saved');
  });
  it('is kept and marked when the server refuses it', async () => {
    answer = () => Promise.reject(new ApiError({ code: 'invalid', message: 'non' }, 422));
    const autosave = started();
    autosave.put(city, 'Lyon', '');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(autosave.get(city.id)).toMatchObject({ state: 'failed', message: 'non', value: 'Lyon' });
    expect(sent).toHaveLength(1);
  });
  it('during a save is saved after it', async () => {
    let release = (): void => undefined;
    answer = () => new Promise((resolve) => (release = resolve));
    const autosave = started();
    autosave.put(city, 'Lyon', '', 0);
    await vi.advanceTimersByTimeAsync(10);
    autosave.put(city, 'Lyon 3e', '', 0);
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual(['Lyon']);
    release();
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual(['Lyon', 'Lyon 3e']);
  });
});

describe('what is saved', () => {
  it('stays on the screen until the server shows it', async () => {
    const autosave = started();
    autosave.put(city, 'Lyon', 'Paris', 0);
    await vi.advanceTimersByTimeAsync(10);
    autosave.settle(city.id, 'Paris');
    expect(autosave.get(city.id)?.value).toBe('Lyon');
    autosave.settle(city.id, 'Lyon');
    expect(autosave.get(city.id)).toBeUndefined();
  });
  it('is not undone by an earlier version that the server shows late', async () => {
    const autosave = started();
    for (const value of ['L', 'Lyon']) {
      autosave.put(city, value, 'Paris', 0);
      await vi.advanceTimersByTimeAsync(10);
    }
    autosave.settle(city.id, 'L');
    expect(autosave.get(city.id)?.value).toBe('Lyon');
  });
  it('gives way to what somebody else wrote later', async () => {
    const autosave = started();
    autosave.put(city, 'Lyon', 'Paris', 0);
    await vi.advanceTimersByTimeAsync(10);
    autosave.settle(city.id, 'Nice');
    expect(autosave.get(city.id)).toBeUndefined();
  });
});
