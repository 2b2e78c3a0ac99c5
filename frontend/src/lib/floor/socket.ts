/**
 * One socket to the floor: a snapshot, then numbered updates, and commands answered one by one.
 *
 * Reconnects by itself with back-off, except after a `bye` that means it (signed out, signed in elsewhere, session over).
 * What is known stays on the screen while the socket is away; commands given meanwhile are refused at once.
 */
import i18next from 'i18next';
import { announceSignedOut } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { backOff, reduce, type Known } from './reduce';
import type { Bye, FromFloor, Notice } from './types';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'ended';

export interface FloorView<State> {
  connection: Connection;
  state: State | null;
  bye: Bye | null;
  /** Server's clock minus the browser's, in milliseconds. */
  clockOffsetMs: number;
}

interface Waiting {
  resolve: (result: Record<string, unknown> | null) => void;
  reject: (error: ApiError) => void;
}

type Timed = { now: string };
/** Silence after which the socket is taken for dead; the server pings below the application, browsers do not tell. */
const CONNECT_TIMEOUT_MS = 8_000;

export class FloorSocket<State extends Timed, Commands extends object> {
  private readonly path: string;
  private socket: WebSocket | null = null;
  private known: Known<State> = { seq: 0, state: null };
  private view: FloorView<State> = { connection: 'connecting', state: null, bye: null, clockOffsetMs: 0 };
  private readonly listeners = new Set<() => void>();
  private readonly noticeListeners = new Set<(notice: Notice) => void>();
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wanted = false;

  constructor(path: '/floor/agent' | '/floor/supervise') {
    this.path = path;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getView = (): FloorView<State> => this.view;

  onNotice(listener: (notice: Notice) => void): () => void {
    this.noticeListeners.add(listener);
    return () => this.noticeListeners.delete(listener);
  }

  open(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.show({ connection: 'connecting', bye: null });
    this.connect();
  }

  close(): void {
    this.wanted = false;
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close(1000);
    this.failWaiting();
  }

  /** The same socket again, now: after "signed in elsewhere", or when the network is back. */
  reopen(): void {
    this.close();
    this.attempt = 0;
    this.open();
  }

  /** Resolves with the acknowledgement's result; rejects with the refusal as an ApiError. */
  command<Name extends keyof Commands & string>(
    name: Name,
    ...[args]: Record<string, never> extends Commands[Name] ? [args?: Commands[Name]] : [args: Commands[Name]]
  ): Promise<Record<string, unknown> | null> {
    const socket = this.socket;
    if (socket?.readyState !== WebSocket.OPEN || this.view.connection !== 'live')
      return Promise.reject(this.unreachable());
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ type: 'command', id, name, args: args ?? {} }));
    });
  }

  private unreachable(): ApiError {
    return new ApiError({ code: 'unreachable', message: i18next.t('common:errors.floor_unreachable') });
  }

  private show(change: Partial<FloorView<State>>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }

  private connect(): void {
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${window.location.host}${this.path}`);
    this.socket = socket;
    const slow = setTimeout(() => socket.close(), CONNECT_TIMEOUT_MS);
    socket.onmessage = (event: MessageEvent<string>) => {
      clearTimeout(slow);
      if (this.socket === socket) this.receive(JSON.parse(event.data) as FromFloor<State>);
    };
    socket.onclose = () => {
      clearTimeout(slow);
      if (this.socket === socket) this.lost();
    };
  }

  private receive(message: FromFloor<State>): void {
    if (message.type === 'ack') return this.settle(message.id, (w) => w.resolve(message.result ?? null));
    if (message.type === 'refused')
      return this.settle(message.id, (w) => w.reject(new ApiError(message.error, 409)));
    if (message.type === 'notice') return this.noticeListeners.forEach((listener) => listener(message));
    if (message.type === 'bye') return this.sayBye(message);
    const reduced = reduce(this.known, message);
    if (reduced.kind === 'gap') return this.socket?.close(4000, 'gap');
    this.known = reduced.known;
    const { state } = this.known;
    const freshNow = message.type === 'snapshot' || 'now' in message.changes;
    this.attempt = 0;
    this.show({
      connection: 'live',
      state,
      bye: null,
      ...(state && freshNow ? { clockOffsetMs: Date.parse(state.now) - Date.now() } : {}),
    });
  }

  private settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (waiting) how(waiting);
  }

  private sayBye(bye: Bye): void {
    if (bye.code === 'restarting') return;
    this.wanted = false;
    this.show({ connection: 'ended', bye });
    if (bye.code === 'session_expired') announceSignedOut();
  }

  private lost(): void {
    this.socket = null;
    this.failWaiting();
    if (!this.wanted) return;
    this.show({ connection: this.known.state ? 'reconnecting' : 'connecting' });
    const wait = backOff(this.attempt++);
    // A refused handshake says nothing to a script: ask the REST API whether the session is over.
    if (this.attempt > 1) void this.checkSession();
    this.timer = setTimeout(() => this.wanted && this.connect(), wait * 1000);
  }

  private async checkSession(): Promise<void> {
    try {
      const response = await fetch('/api/auth/me', { credentials: 'same-origin' });
      if (response.status === 401) {
        this.close();
        announceSignedOut();
      }
    } catch {
      // The network is away: the next try will tell.
    }
  }

  private failWaiting(): void {
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(this.unreachable());
  }
}
