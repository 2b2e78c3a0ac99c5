/** The one socket to the live floor of this page; screens open it while they are shown. */
import { FloorSocket } from './socket';
import type { SupervisorCommands, SupervisorDesktop } from './types';

export const superviseSocket = new FloorSocket<SupervisorDesktop, SupervisorCommands>('/floor/supervise');
