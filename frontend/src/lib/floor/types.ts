/** The floor's words (decroche/floor/protocol.py), generated into schema.d.ts; here under their own names. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type AgentDesktop = Words['AgentDesktop'];
export type AgentStateCode = Words['StateView']['code'];
export type StateView = Words['StateView'];
export type SessionView = Words['SessionView'];
export type Credentials = Words['Credentials'];
export type CampaignView = Words['CampaignView'];
export type ContactRecord = Words['Record'];
export type Phone = Words['Phone'];
export type CallView = Words['CallView'];
export type CallbackView = Words['CallbackView'];
export type OwnFigures = Words['OwnFigures'];
export type SupervisorDesktop = Words['SupervisorDesktop'];
export type AgentRow = Words['AgentRow'];
export type CampaignRow = Words['CampaignRow'];
export type PacingView = Words['PacingView'];
export type CallRow = Words['CallRow'];
export type TrunkRow = Words['TrunkRow'];
export type Monitoring = Words['Monitoring'];
export type Notice = Words['Notice'];
export type Bye = Words['Bye'];

type Update = Words['Update'];
type Ack = Words['Ack'];
type Refused = Words['Refused'];

/** All that the server may say. */
export type FromFloor<State> =
  { type: 'snapshot'; seq: number; state: State } | Update | Ack | Refused | Notice | Bye;

type None = Record<string, never>;

/** Commands of agents: name → arguments. Arguments with a default on the server are optional here. */
export interface AgentCommands {
  sign_in: Partial<Words['SignIn']>;
  reattach: None;
  sign_out: None;
  softphone_ready: None;
  ready: None;
  pause: Words['Pause'];
  cancel_next: None;
  select_campaign: Words['SelectCampaign'];
  dial: Partial<Words['Dial']>;
  call_offered: None;
  skip_offered: { reason: string; later_s?: number };
  open_record: Words['OpenRecord'];
  close_record: None;
  hang_up: None;
  mute: Words['SetMuted'];
  hold: Words['SetMuted'];
  keys: Words['Keys'];
  next_number: None;
  dispose: {
    disposition_id: number;
    callback_at?: string | null;
    callback_mine?: boolean;
    callback_note?: string;
  };
  schedule_callback: { at: string; mine?: boolean; note?: string };
  record: Words['SetRecording'];
  pause_recording: None;
  resume_recording: None;
  object_to_recording: None;
  extend_wrap_up: None;
  end_wrap_up: None;
}

/** Commands of supervisors: name → arguments. */
export interface SupervisorCommands {
  softphone: None;
  softphone_ready: None;
  monitor: Words['Monitor'];
  stop_monitoring: None;
  pause_agent: Words['PauseAgent'];
  sign_out_agent: Words['OnAgent'];
  hang_up_agent: Words['OnAgent'];
  test_call: Words['TestCall'];
  refresh_campaign: Words['OnCampaign'];
}
