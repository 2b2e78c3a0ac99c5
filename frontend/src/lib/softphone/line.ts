/**
 * The browser's telephone: registers with one-session credentials, answers by itself the one leg that stays up for hours,
 * plays it, and measures it. Knows nothing of calls: who is heard on the leg is the floor's business.
 */
import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent, UA } from 'jssip/lib/UA';
import type { Credentials } from '../floor/types';
import { patienceMs } from './keeper';
import type { Microphone } from './microphone';
import { judge, type Network, type Sample, sampleOf, UNKNOWN } from './network';

export interface LineState {
  /** `refused`: refused, or left unanswered; nobody tries again by himself: new credentials must be asked for. */
  registration: 'off' | 'connecting' | 'registered' | 'refused';
  /** Tries in a row that came to nothing since it was last registered. */
  failures: number;
  leg: 'none' | 'answering' | 'up';
  network: Network;
  /** Password of the credentials it was started with: they hold for one session. */
  startedWith: string | null;
  /** The browser waits for a gesture before it plays sound. */
  silenced: boolean;
}

const OFF: LineState = {
  registration: 'off',
  failures: 0,
  leg: 'none',
  network: UNKNOWN,
  startedWith: null,
  silenced: false,
};
/** Host candidates come at once; a slow interface must not delay the answer. */
const ICE_PATIENCE_MS = 250;
/** A loaded Asterisk drops requests without a word, and a WebSocket does not send them again. */
const REGISTRATION_PATIENCE_MS = 8000;
const MEASURE_EVERY_MS = 1000;
const SAMPLES_KEPT = 5;

export class SoftphoneLine {
  private readonly microphone: Microphone;
  private readonly audio = new Audio();
  private readonly listeners = new Set<() => void>();
  private state = OFF;
  private agent: UA | null = null;
  private session: RTCSession | null = null;
  private samples: Sample[] = [];
  private timer: ReturnType<typeof setInterval> | undefined;
  private unanswered: ReturnType<typeof setTimeout> | undefined;
  private iceServers: Promise<RTCIceServer[]> = Promise.resolve([]);

  constructor(microphone: Microphone) {
    this.microphone = microphone;
    this.audio.autoplay = true;
    microphone.onTrack((track) => void this.replaceTrack(track));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): LineState => this.state;

  /**
   * Registers with these credentials; once, however often it is asked. The servers are only waited for when a leg comes:
   * registering must neither be late for them, nor come after a later start.
   */
  start(credentials: Credentials, findIceServers: () => Promise<RTCIceServer[]>): void {
    if (this.agent && this.state.startedWith === credentials.password) return;
    const { failures } = this.state;
    this.drop();
    this.iceServers = findIceServers().catch(() => []);
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
    const agent = new JsSIP.UA({
      sockets: [
        new JsSIP.WebSocketInterface(`${scheme}://${window.location.host}${credentials.socket_path}`),
      ],
      uri: credentials.uri,
      authorization_user: credentials.username,
      password: credentials.password,
      register: true,
      register_expires: 120,
      session_timers: false,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 8,
      user_agent: 'Decroche',
    });
    this.agent = agent;
    const current = (act: () => void) => () => {
      if (this.agent === agent) act();
    };
    agent.on(
      'connected',
      current(() => this.waitForAnswer()),
    );
    agent.on(
      'registered',
      current(() => {
        clearTimeout(this.unanswered);
        this.show({ registration: 'registered', failures: 0 });
      }),
    );
    agent.on(
      'unregistered',
      current(() => this.connecting()),
    );
    agent.on(
      'disconnected',
      current(() => {
        clearTimeout(this.unanswered);
        this.connecting(1);
      }),
    );
    agent.on('registrationFailed', ({ cause }) => {
      if (this.agent === agent && String(cause) !== 'Connection Error') this.refused();
    });
    agent.on('newRTCSession', (event: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
      if (this.agent === agent && String(event.originator) === 'remote') this.answer(event.session);
    });
    this.show({ ...OFF, registration: 'connecting', startedWith: credentials.password, failures });
    agent.start();
  }

  stop(): void {
    this.drop();
    this.show(OFF);
  }

  private drop(): void {
    const agent = this.agent;
    this.agent = null;
    clearTimeout(this.unanswered);
    this.forget(this.session);
    agent?.stop();
  }

  private waitForAnswer(): void {
    clearTimeout(this.unanswered);
    this.unanswered = setTimeout(() => this.refused(), REGISTRATION_PATIENCE_MS);
  }

  private refused(): void {
    clearTimeout(this.unanswered);
    const failures = this.state.failures + 1;
    this.show({ registration: 'refused', failures });
    // In a conversation, the same credentials once more: new ones would cut the leg.
    if (this.state.leg === 'up')
      this.unanswered = setTimeout(() => this.agent?.register(), patienceMs(failures));
  }

  /** The socket comes back by itself, and registers again; not with a password that was refused. */
  private connecting(failures = 0): void {
    if (this.state.registration === 'refused') return;
    this.show({ registration: 'connecting', failures: this.state.failures + failures });
  }

  /** Plays on the named device, where the browser can choose. */
  async setSpeaker(deviceId: string): Promise<void> {
    if ('setSinkId' in this.audio) await this.audio.setSinkId(deviceId);
  }

  /** After a gesture of the user: lets the sound begin where the browser had held it back. */
  resume(): void {
    this.microphone.resume();
    if (this.state.silenced) this.play();
  }

  /** The connection's raw statistics, for tests and for support. */
  async statistics(): Promise<Record<string, unknown>[]> {
    const report = await this.session?.connection?.getStats();
    return report ? [...(report as unknown as Map<string, Record<string, unknown>>).values()] : [];
  }

  private answer(session: RTCSession): void {
    // A second leg replaces the first: the floor calls again after it has lost one that we may think alive.
    const old = this.session;
    this.session = session;
    if (old && !old.isEnded()) old.terminate();
    const mine = (act: () => void) => () => {
      if (this.session === session) act();
    };
    session.on(
      'confirmed',
      mine(() => this.up(session)),
    );
    session.on(
      'ended',
      mine(() => this.forget(session)),
    );
    session.on(
      'failed',
      mine(() => this.forget(session)),
    );
    session.on('peerconnection', ({ peerconnection }) => {
      peerconnection.addEventListener('track', ({ streams, track }) => {
        this.audio.srcObject = streams[0] ?? new MediaStream([track]);
        this.play();
      });
    });
    let patience: ReturnType<typeof setTimeout> | undefined;
    session.on('icecandidate', ({ ready }) => {
      patience ??= setTimeout(ready, ICE_PATIENCE_MS);
    });
    this.show({ leg: 'answering' });
    void this.iceServers.then((iceServers) => {
      if (this.session !== session || session.isEnded()) return;
      session.answer({
        mediaConstraints: { audio: true, video: false },
        pcConfig: { iceServers },
        ...(this.microphone.media ? { mediaStream: this.microphone.media } : {}),
      });
    });
  }

  private up(session: RTCSession): void {
    this.show({ leg: 'up' });
    const track = this.microphone.media?.getAudioTracks()[0];
    if (track) void this.replaceTrack(track);
    clearInterval(this.timer);
    this.samples = [];
    this.timer = setInterval(() => void this.measure(session), MEASURE_EVERY_MS);
  }

  private forget(session: RTCSession | null): void {
    if (session !== this.session) return;
    clearInterval(this.timer);
    this.session = null;
    this.audio.srcObject = null;
    if (session && !session.isEnded()) session.terminate();
    this.show({ leg: 'none', network: UNKNOWN, silenced: false });
  }

  private async replaceTrack(track: MediaStreamTrack): Promise<void> {
    const senders = this.session?.connection?.getSenders() ?? [];
    const sender = senders.find((one) => one.track?.kind === 'audio') ?? senders[0];
    if (sender && sender.track !== track) await sender.replaceTrack(track);
    this.microphone.setMuted(this.microphone.isMuted);
  }

  private play(): void {
    this.audio.play().then(
      () => this.state.silenced && this.show({ silenced: false }),
      (error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') this.show({ silenced: true });
      },
    );
  }

  private async measure(session: RTCSession): Promise<void> {
    const report = await session.connection?.getStats();
    if (!report || this.session !== session) return;
    const sample = sampleOf(report as unknown as Map<string, Record<string, unknown>>);
    if (!sample) return;
    this.samples = [...this.samples, sample].slice(-SAMPLES_KEPT);
    const first = this.samples[0];
    if (first && this.samples.length > 1) this.showNetwork(judge(first, sample));
  }

  /** The screen is told of the words and not of each millisecond. */
  private showNetwork(network: Network): void {
    if (network.quality !== this.state.network.quality) this.show({ network });
    else this.state.network = network;
  }

  private show(change: Partial<LineState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
