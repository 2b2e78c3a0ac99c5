/** Sends files, one after the other. One alone is opened at once; several wait in the list, as drafts. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { ApiError } from '@/lib/api/error';
import { upload } from '@/lib/api/upload';
import { importQuery } from './queries';
import type { ImportDetail } from './types';

export interface Upload {
  /** `place` of `of` files, from 1. */
  sending: { name: string; share: number; place: number; of: number } | null;
  failed: { name: string; error: unknown }[];
  /** How many came of several that were given together; 0: one alone, or none. */
  received: number;
  send: (files: readonly File[]) => void;
  /** The one that is being sent, and those after it. */
  cancel: () => void;
  /** What is told of the last ones was read. */
  dismiss: () => void;
}

export function useUpload(): Upload {
  const [sending, setSending] = useState<Upload['sending']>(null);
  const [failed, setFailed] = useState<Upload['failed']>([]);
  const [received, setReceived] = useState(0);
  const abort = useRef<AbortController | null>(null);
  const given = useRef<File[]>([]);
  const client = useQueryClient();
  const navigate = useNavigate();

  const sendOne = async (file: File, place: number): Promise<ImportDetail | null> => {
    const signal = abort.current?.signal;
    const at = (share: number): void =>
      setSending({ name: file.name, share, place, of: given.current.length });
    at(0);
    try {
      const batch = await upload<ImportDetail>('/api/imports', file, {
        onProgress: at,
        ...(signal ? { signal } : {}),
      });
      client.setQueryData(importQuery(batch.id).queryKey, batch);
      void client.invalidateQueries({ queryKey: ['imports', 'list'] });
      return batch;
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'cancelled'))
        setFailed((before) => [...before, { name: file.name, error }]);
      return null;
    }
  };

  const sendAll = async (): Promise<void> => {
    const { signal } = (abort.current = new AbortController());
    const came: ImportDetail[] = [];
    for (let place = 1; place <= given.current.length && !signal.aborted; place += 1) {
      const file = given.current[place - 1];
      const batch = file ? await sendOne(file, place) : null;
      if (batch) came.push(batch);
    }
    const alone = given.current.length === 1 ? came[0] : undefined;
    if (given.current.length > 1) setReceived(came.length);
    given.current = [];
    setSending(null);
    if (alone) await navigate({ to: '/imports/$id', params: { id: String(alone.id) } });
  };

  const dismiss = (): void => {
    setFailed([]);
    setReceived(0);
  };
  const send = (files: readonly File[]): void => {
    const idle = given.current.length === 0;
    given.current = [...given.current, ...files];
    if (!idle || files.length === 0) return;
    dismiss();
    void sendAll();
  };
  return { sending, failed, received, send, cancel: () => abort.current?.abort(), dismiss };
}
