/** Sends a file and goes to its batch. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { ApiError } from '@/lib/api/error';
import { upload } from '@/lib/api/upload';
import { importQuery } from './queries';
import type { ImportDetail } from './types';

export interface Upload {
  sending: { name: string; share: number } | null;
  error: unknown;
  send: (file: File) => void;
  cancel: () => void;
}

export function useUpload(): Upload {
  const [sending, setSending] = useState<Upload['sending']>(null);
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const send = (file: File): void => {
    const controller = new AbortController();
    abort.current = controller;
    setError(null);
    setSending({ name: file.name, share: 0 });
    upload<ImportDetail>('/api/imports', file, {
      signal: controller.signal,
      onProgress: (share) => setSending({ name: file.name, share }),
    })
      .then((batch) => {
        client.setQueryData(importQuery(batch.id).queryKey, batch);
        void client.invalidateQueries({ queryKey: ['imports', 'list'] });
        return navigate({ to: '/imports/$id', params: { id: String(batch.id) } });
      })
      .catch((thrown: unknown) => {
        if (!(thrown instanceof ApiError && thrown.code === 'cancelled')) setError(thrown);
      })
      .finally(() => setSending(null));
  };
  return { sending, error, send, cancel: () => abort.current?.abort() };
}
