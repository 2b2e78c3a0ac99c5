import { describe, expect, it } from 'vitest';
import { nextStep, type Situation } from './keeper';

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
