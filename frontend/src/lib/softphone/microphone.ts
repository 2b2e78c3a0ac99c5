/**
 * The microphone: opened once and kept for hours, changed without dropping the line, watched for being lost or cut.
 *
 * The state is a small external store; the level is read by whoever draws it, several times a second, outside React.
 */
import { problemOf, type MicrophoneProblem } from './problem';

export interface MicrophoneState {
  status: 'closed' | 'asking' | 'open' | 'failed';
  problem: MicrophoneProblem | null;
  /** Id and name of the device in use. */
  deviceId: string;
  label: string;
  /** Cut by the system or by the browser: silence goes out although the agent speaks. */
  cut: boolean;
}

const CLOSED: MicrophoneState = { status: 'closed', problem: null, deviceId: '', label: '', cut: false };
const STORAGE_KEY = 'decroche.microphone';
const CONSTRAINTS = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

type TrackListener = (track: MediaStreamTrack) => void;

export class Microphone {
  private state = CLOSED;
  private stream: MediaStream | null = null;
  private context: AudioContext | null = null;
  private analyser: AnalyserNode | null = null;
  private samples = new Float32Array(0);
  private muted = false;
  private opening = 0;
  private readonly listeners = new Set<() => void>();
  private readonly trackListeners = new Set<TrackListener>();

  constructor() {
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.devicesChanged());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): MicrophoneState => this.state;

  /** Told of each new track: the line replaces the one it sends. */
  onTrack(listener: TrackListener): () => void {
    this.trackListeners.add(listener);
    return () => this.trackListeners.delete(listener);
  }

  get media(): MediaStream | null {
    return this.stream;
  }

  /** Opens the named device, else the one chosen last, else the system's own. Never throws: see the state. */
  async open(deviceId = localStorage.getItem(STORAGE_KEY) ?? ''): Promise<boolean> {
    const mine = ++this.opening;
    if (!window.isSecureContext || !navigator.mediaDevices) return this.fail('insecure');
    this.show({ status: 'asking', problem: null });
    try {
      const stream = await this.ask(deviceId);
      if (mine !== this.opening) {
        stream.getTracks().forEach((track) => track.stop());
        return false;
      }
      this.use(stream);
      if (deviceId) localStorage.setItem(STORAGE_KEY, deviceId);
      return true;
    } catch (error) {
      return mine === this.opening && this.fail(problemOf(error));
    }
  }

  close(): void {
    this.opening++;
    this.drop();
    void this.context?.close();
    this.context = null;
    this.show(CLOSED);
  }

  get isMuted(): boolean {
    return this.muted;
  }

  /** Mutes what goes out, whatever the device. */
  setMuted(on: boolean): void {
    this.muted = on;
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !on;
  }

  /** Loudness now, 0…1, on a scale that follows the ear. */
  level(): number {
    if (!this.analyser) return 0;
    this.analyser.getFloatTimeDomainData(this.samples);
    let sum = 0;
    for (const sample of this.samples) sum += sample * sample;
    const decibels = 10 * Math.log10(sum / this.samples.length + 1e-12);
    return Math.min(1, Math.max(0, (decibels + 60) / 50));
  }

  /** A browser lets sound start only after a gesture; called on each one until it does. */
  resume(): void {
    if (this.context?.state === 'suspended') void this.context.resume();
  }

  private async ask(deviceId: string): Promise<MediaStream> {
    const audio = deviceId ? { ...CONSTRAINTS, deviceId: { exact: deviceId } } : CONSTRAINTS;
    try {
      return await navigator.mediaDevices.getUserMedia({ audio });
    } catch (error) {
      // The device chosen last time is not plugged in today: the system's own, rather than none.
      const gone =
        error instanceof DOMException && ['OverconstrainedError', 'NotFoundError'].includes(error.name);
      if (!deviceId || !gone) throw error;
      return navigator.mediaDevices.getUserMedia({ audio: CONSTRAINTS });
    }
  }

  private use(stream: MediaStream): void {
    const track = stream.getAudioTracks()[0];
    if (!track) return;
    const old = this.stream;
    this.stream = stream;
    track.enabled = !this.muted;
    track.onended = () => {
      if (this.stream === stream) void this.lost();
    };
    track.onmute = () => this.stream === stream && this.show({ cut: true });
    track.onunmute = () => this.stream === stream && this.show({ cut: false });
    this.measure(stream);
    this.show({
      status: 'open',
      problem: null,
      deviceId: track.getSettings().deviceId ?? '',
      label: track.label,
      cut: track.muted,
    });
    for (const listener of this.trackListeners) listener(track);
    old?.getTracks().forEach((other) => other.stop());
  }

  private measure(stream: MediaStream): void {
    this.context ??= new AudioContext();
    this.analyser?.disconnect();
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 1024;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.context.createMediaStreamSource(stream).connect(this.analyser);
  }

  private async lost(): Promise<void> {
    this.drop();
    this.fail('lost');
    // Another headset may be there: go on with it, and say so by its name in the bar.
    await this.open('');
  }

  private async devicesChanged(): Promise<void> {
    const waiting = this.state.problem === 'lost' || this.state.problem === 'missing';
    if (this.state.status === 'failed' && waiting) await this.open();
    else this.show({});
  }

  private drop(): void {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.analyser?.disconnect();
    this.analyser = null;
  }

  private fail(problem: MicrophoneProblem): false {
    this.show({ status: 'failed', problem });
    return false;
  }

  private show(change: Partial<MicrophoneState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
