/** The agent's socket, and the ways the screen reads it and gives commands through it. */
import { useEffect } from 'react';
import { notifyError, notifyInfo } from '@/components/notify';
import { useFloor } from '@/lib/floor/hooks';
import { FloorSocket } from '@/lib/floor/socket';
import type { AgentCommands, AgentDesktop } from '@/lib/floor/types';

export const floor = new FloorSocket<AgentDesktop, AgentCommands>('/floor/agent');

/** A part of the state; below <Desktop> only, where the state is known. */
export function useDesktop<Part>(select: (state: AgentDesktop) => Part): Part {
  return useFloor(floor, ({ state }) => {
    if (!state) throw new Error('The desktop is shown before its state is known.');
    return select(state);
  });
}

export function useClockOffset(): number {
  return useFloor(floor, (view) => view.clockOffsetMs);
}

/** Gives a command; a refusal is shown. Resolves with whether it was done. */
export async function act<Name extends keyof AgentCommands & string>(
  name: Name,
  ...args: Parameters<typeof floor.command<Name>> extends [unknown, ...infer Rest] ? Rest : never
): Promise<boolean> {
  try {
    await floor.command(name, ...(args as never));
    return true;
  } catch (error) {
    notifyError(error);
    return false;
  }
}

/** Resolves with true as soon as the state is as wanted, with false when it was not in time. */
export function until(wanted: (state: AgentDesktop) => boolean, patienceMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (result: boolean): void => {
      stop();
      clearTimeout(timer);
      resolve(result);
    };
    const look = (): void => {
      const { state } = floor.getView();
      if (state && wanted(state)) finish(true);
    };
    const stop = floor.subscribe(look);
    const timer = setTimeout(() => finish(false), patienceMs);
    look();
  });
}

export function useNotices(): void {
  useEffect(() => floor.onNotice(({ message, level }) => notifyInfo(message, level)), []);
}
