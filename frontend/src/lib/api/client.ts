/** The REST client: typed by schema.d.ts, with the CSRF header, one error class, and a signal when the session is over. */
import createClient, { type Middleware } from 'openapi-fetch';
import { currentLanguage } from '@/i18n';
import { errorFromResponse, errorFromThrown } from './error';
import type { paths } from './schema';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function cookie(name: string): string | null {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}

/** The token that every change must carry; the first answer of the server brings it. */
export async function csrfToken(): Promise<string> {
  if (!cookie('csrftoken')) {
    const { status } = await fetch('/api/auth/me', { credentials: 'same-origin' });
    if (status >= 500) throw errorFromResponse(null, status);
  }
  return cookie('csrftoken') ?? '';
}

const signedOutListeners = new Set<() => void>();

/** Calls back when the server says that the session is over. Returns the way to stop listening. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

export function announceSignedOut(): void {
  for (const listener of signedOutListeners) listener();
}

const session: Middleware = {
  async onRequest({ request }) {
    request.headers.set('Accept-Language', currentLanguage());
    if (!SAFE.has(request.method)) request.headers.set('X-CSRFToken', await csrfToken());
    return request;
  },
  onResponse({ request, response }) {
    const isSignIn = new URL(request.url).pathname.endsWith('/auth/login');
    if (response.status === 401 && !isSignIn) announceSignedOut();
  },
};

export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' });
api.use(session);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** `await unwrap(api.GET('/api/…'))`: the data, or an ApiError thrown. */
export async function unwrap<T>(request: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch (thrown) {
    throw errorFromThrown(thrown);
  }
  if (!answer.response.ok) throw errorFromResponse(answer.error, answer.response.status);
  return answer.data as T;
}
