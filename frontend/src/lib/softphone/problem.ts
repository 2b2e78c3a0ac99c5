/** Why there is no sound from the agent, as a code that has its own sentence on the screen. */

export type MicrophoneProblem = 'denied' | 'missing' | 'busy' | 'lost' | 'insecure' | 'unknown';

const BY_NAME: Record<string, MicrophoneProblem> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export function problemOf(error: unknown): MicrophoneProblem {
  return (error instanceof Error && BY_NAME[error.name]) || 'unknown';
}
