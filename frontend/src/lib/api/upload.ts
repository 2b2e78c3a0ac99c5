/** A file sent to the server with its progress, which `fetch` does not tell. */
import { currentLanguage } from '@/i18n';
import { announceSignedOut, cookie } from './client';
import { ApiError, errorFromResponse, errorFromThrown } from './error';

interface UploadOptions {
  /** Other fields of the form. */
  fields?: Record<string, string>;
  /** Share sent, 0…1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Resolves with the answer; rejects with an ApiError (code `cancelled` where the signal was given). */
export function upload<T>(
  path: string,
  file: File,
  { fields = {}, onProgress, signal }: UploadOptions = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('X-CSRFToken', cookie('csrftoken') ?? '');
    request.setRequestHeader('Accept-Language', currentLanguage());
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    request.onerror = () => reject(errorFromThrown(null));
    request.onabort = () => reject(new ApiError({ code: 'cancelled', message: '' }));
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) return resolve(body as T);
      if (request.status === 401) announceSignedOut();
      reject(errorFromResponse(body, request.status));
    };
    signal?.addEventListener('abort', () => request.abort());
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', file);
    request.send(form);
  });
}
