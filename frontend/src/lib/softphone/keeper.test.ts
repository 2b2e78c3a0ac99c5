import { describe, expect, it } from 'vitest';
import { nextStep, patienceMs, type Situation } from './keeper';

const credentials = { uri: 'sip:a1@decroche', username: 'a1', password: 'new', socket_path: '/sip' };
const up: Situation = {
  session: { device: 'browser', leg: 'up', credentials: null },
  line: { registration: 'registered', leg: 'up', startedWith: 'old' },
  microphoneOpen: true,
};

describe('the next step of the line', () => {
  it('is nothing while the leg is up', () => {
    expect(nextStep(up)).toBe('nothing');
  });
  it('is to ask for credentials when a reloaded page finds a session', () => {
    expect(nextStep({ ...up, line: { registration: 'off', leg: 'none', startedWith: null } })).toBe(
      'reattach',
    );
  });
  it('is to register once they have come', () => {
    const session = { device: 'browser' as const, leg: 'awaiting_registration' as const, credentials };
    expect(nextStep({ ...up, session, line: { registration: 'off', leg: 'none', startedWith: null } })).toBe(
      'register',
    );
  });
  it('is to wait for the account that the floor is loading, and not to spoil it', () => {
    const session = { device: 'browser' as const, leg: 'none' as const, credentials: null };
    const line = { registration: 'off' as const, leg: 'none' as const, startedWith: null };
    expect(nextStep({ ...up, session, line })).toBe('nothing');
    expect(nextStep({ ...up, session, line: { ...line, registration: 'refused' } })).toBe('nothing');
  });
  it('is to ask for others when the credentials are refused', () => {
    const session = { device: 'browser' as const, leg: 'awaiting_registration' as const, credentials };
    const line = { registration: 'refused' as const, leg: 'none' as const, startedWith: 'new' };
    expect(nextStep({ ...up, session, line })).toBe('reattach');
    expect(nextStep({ ...up, session, line: { ...line, startedWith: 'old' } })).toBe('register');
  });
  it('is nothing that would cut a leg that is up', () => {
    expect(nextStep({ ...up, line: { ...up.line, registration: 'refused' } })).toBe('nothing');
  });
  it('is to announce the line when the floor has no leg', () => {
    const session = { device: 'browser' as const, leg: 'lost' as const, credentials: null };
    expect(
      nextStep({ ...up, session, line: { registration: 'registered', leg: 'none', startedWith: null } }),
    ).toBe('announce');
  });
  it('is to wait while the floor calls', () => {
    const session = { device: 'browser' as const, leg: 'calling' as const, credentials: null };
    expect(
      nextStep({ ...up, session, line: { registration: 'registered', leg: 'none', startedWith: null } }),
    ).toBe('nothing');
  });
  it('is the microphone before anything else', () => {
    expect(nextStep({ ...up, microphoneOpen: false })).toBe('open_microphone');
  });
  it('is to hang up when the session is over', () => {
    expect(nextStep({ ...up, session: null })).toBe('stop');
  });
  it('is never to register a browser for an agent on his telephone', () => {
    const session = { device: 'number' as const, leg: 'up' as const, credentials: null };
    expect(nextStep({ ...up, session, line: { registration: 'off', leg: 'none', startedWith: null } })).toBe(
      'nothing',
    );
  });
});

describe('the wait before other credentials are asked for', () => {
  it('is none after a reload, and grows with each refusal up to ten seconds', () => {
    expect([0, 1, 2, 3, 40].map((failures) => patienceMs(failures, () => 1))).toEqual([
      0, 1000, 2000, 4000, 10_000,
    ]);
  });
});
