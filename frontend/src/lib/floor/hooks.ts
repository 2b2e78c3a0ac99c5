/** React's side of the floor's socket. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { FloorSocket, FloorView } from './socket';

type Timed = { now: string };

/** The whole view. State keys keep their identity until they change, so memoised parts stay still. */
export function useFloorView<State extends Timed, Commands extends object>(
  socket: FloorSocket<State, Commands>,
): FloorView<State> {
  return useSyncExternalStore(socket.subscribe, socket.getView);
}

/** A part of the view; the selector must return something that keeps its identity (a key of the state). */
export function useFloor<State extends Timed, Commands extends object, Part>(
  socket: FloorSocket<State, Commands>,
  select: (view: FloorView<State>) => Part,
): Part {
  return useSyncExternalStore(socket.subscribe, () => select(socket.getView()));
}

/** Keeps the socket open while the calling component is on the screen. */
export function useOpenSocket<State extends Timed, Commands extends object>(
  socket: FloorSocket<State, Commands>,
): void {
  useEffect(() => {
    socket.open();
    return () => socket.close();
  }, [socket]);
}

/** The browser's time, again each second, in milliseconds. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
