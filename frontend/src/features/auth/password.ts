/** What the browser can say of a new password before the server judges it. */

export const MIN_LENGTH = 12;

export function passwordProblem(password: string, again: string): 'short' | 'different' | null {
  if (password.length < MIN_LENGTH) return 'short';
  return password === again ? null : 'different';
}
