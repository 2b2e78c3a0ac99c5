/** The line told by a telephone library that does as it is told: late, refusing, silent. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Microphone } from './microphone';

type Handler = (event: Record<string, unknown>) => void;

class FakeAgent {
  static made: FakeAgent[] = [];
  readonly password: string;
  readonly register = vi.fn();
  readonly stop = vi.fn();
  readonly start = vi.fn();
  private readonly handlers = new Map<string, Handler>();
  constructor({ password }: { password: string }) {
    this.password = password;
    FakeAgent.made.push(this);
  }
  on(name: string, handler: Handler): void {
    this.handlers.set(name, handler);
  }
  emit(name: string, event: Record<string, unknown> = {}): void {
    this.handlers.get(name)?.(event);
  }
}

vi.mock('jssip', () => ({ default: { UA: FakeAgent, WebSocketInterface: vi.fn() } }));

const credentials = (password: string) => ({
  uri: 'sip:a1@x',
  username: 'a1',
  password,
  socket_path: '/sip',
});
const none = () => Promise.resolve([]);
function last(): FakeAgent {
  const agent = FakeAgent.made.at(-1);
  if (!agent) throw new Error('No telephone was made.');
  return agent;
}

async function makeLine() {
  const { SoftphoneLine } = await import('./line');
  return new SoftphoneLine({ onTrack: () => undefined } as unknown as Microphone);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Audio', vi.fn());
  vi.stubGlobal('window', { location: { protocol: 'http:', host: 'floor' } });
  FakeAgent.made = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the line', () => {
  it('keeps the last credentials, however late an answer to the first ones comes', async () => {
    const line = await makeLine();
    let answer: ((servers: RTCIceServer[]) => void) | undefined;
    line.start(credentials('first'), () => new Promise((resolve) => (answer = resolve)));
    line.start(credentials('second'), none);
    answer?.([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(last().password).toBe('second');
    expect(line.getState().startedWith).toBe('second');
    expect(FakeAgent.made[0]?.stop).toHaveBeenCalled();
  });
  it('is started once for one password', async () => {
    const line = await makeLine();
    line.start(credentials('one'), none);
    line.start(credentials('one'), none);
    expect(FakeAgent.made).toHaveLength(1);
  });
  it('stays refused after a refused renewal, which is told as "unregistered" too', async () => {
    const line = await makeLine();
    line.start(credentials('one'), none);
    last().emit('registered');
    last().emit('registrationFailed', { cause: 'Authentication Error', response: {} });
    last().emit('unregistered');
    expect(line.getState()).toMatchObject({ registration: 'refused', failures: 1 });
  });
  it('is refused when nobody answers', async () => {
    const line = await makeLine();
    line.start(credentials('one'), none);
    last().emit('registrationFailed', { cause: 'Request Timeout', response: null });
    expect(line.getState().registration).toBe('refused');
    line.start(credentials('two'), none);
    last().emit('connected');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(line.getState()).toMatchObject({ registration: 'refused', failures: 2 });
  });
  it('counts failures until it is registered', async () => {
    const line = await makeLine();
    line.start(credentials('one'), none);
    last().emit('disconnected');
    last().emit('disconnected');
    expect(line.getState()).toMatchObject({ registration: 'connecting', failures: 2 });
    last().emit('registered');
    expect(line.getState()).toMatchObject({ registration: 'registered', failures: 0 });
  });
});
