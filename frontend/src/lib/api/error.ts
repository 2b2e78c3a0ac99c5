/** Errors of the REST API and of the floor: `{"error": {code, message, facts, fields}}`, made one class. */
import i18next from 'i18next';

export interface ErrorBody {
  code: string;
  message: string;
  facts?: Record<string, unknown> | undefined;
  fields?: Record<string, string> | undefined;
}

export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly facts: Record<string, unknown>;
  /** Message by field name, for forms. */
  readonly fields: Record<string, string>;

  constructor(body: ErrorBody, status = 0) {
    super(body.message);
    this.name = 'ApiError';
    this.code = body.code;
    this.status = status;
    this.facts = body.facts ?? {};
    this.fields = body.fields ?? {};
  }
}

function isErrorBody(value: unknown): value is { error: ErrorBody } {
  return typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'object';
}

/** What a refused response means, in words a person can act on, whatever the server managed to say. */
export function errorFromResponse(body: unknown, status: number): ApiError {
  if (isErrorBody(body)) return new ApiError(body.error, status);
  const code =
    status === 401 ? 'signed_out' : status === 403 ? 'forbidden' : status === 404 ? 'not_found' : 'server';
  return new ApiError({ code, message: i18next.t(`common:errors.${code}`) }, status);
}

export function errorFromThrown(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError({ code: 'unreachable', message: i18next.t('common:errors.unreachable') });
}
