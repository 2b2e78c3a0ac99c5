import { describe, expect, it } from 'vitest';
import { primaryAct, type Shown } from './primary';

function shown(code: string, change: Record<string, unknown> = {}): Shown {
  return {
    state: { code },
    session: { leg: 'up' },
    campaign: { mode: 'progressive' },
    call: null,
    record: null,
    ...change,
  } as unknown as Shown;
}
const answered = { bridged_at: '2026-11-23T10:00:00Z', disposition_id: null };

describe('the space bar', () => {
  it('makes a paused agent ready', () => {
    expect(primaryAct(shown('paused'))).toBe('ready');
  });
  it('calls the record that a paused agent has opened', () => {
    expect(primaryAct(shown('paused', { record: {} }))).toBe('call_record');
  });
  it('calls the record that is offered', () => {
    expect(primaryAct(shown('preview'))).toBe('call_offered');
  });
  it('asks for an outcome before it ends a talk', () => {
    expect(primaryAct(shown('talking', { call: answered }))).toBe('choose_outcome');
    expect(primaryAct(shown('talking', { call: { ...answered, disposition_id: 3 } }))).toBe('finish');
  });
  it('goes on after an attempt that reached nobody', () => {
    expect(primaryAct(shown('wrap_up', { call: { bridged_at: null, disposition_id: null } }))).toBe('next');
  });
  it('does not go on without the outcome of a talk', () => {
    expect(primaryAct(shown('wrap_up', { call: answered }))).toBe('choose_outcome');
  });
  it('asks a paused agent for the outcome that he still owes', () => {
    expect(primaryAct(shown('paused', { call: answered, record: {} }))).toBe('choose_outcome');
  });
  it('takes the contact off hold', () => {
    expect(primaryAct(shown('hold', { call: answered }))).toBe('unhold');
  });
  it('opens the number box in a manual campaign', () => {
    expect(primaryAct(shown('ready', { campaign: { mode: 'manual' } }))).toBe('compose');
  });
  it('asks for the outcome even while the line is down', () => {
    expect(primaryAct(shown('wrap_up', { call: answered, session: { leg: 'calling' } }))).toBe(
      'choose_outcome',
    );
  });
  it('never dials while the line is down', () => {
    expect(primaryAct(shown('preview', { session: { leg: 'lost' } }))).toBe('wait');
  });
});
