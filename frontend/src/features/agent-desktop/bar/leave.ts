/** Leaving the floor before signing out: what is typed is saved first, a call is ended first. */
import i18next from 'i18next';
import { ApiError } from '@/lib/api/error';
import { autosave } from '../autosave/typed';
import { floor } from '../floor';

/** Throws what to tell the agent where he cannot leave now. */
export async function leaveFloor(): Promise<void> {
  await autosave.flush();
  if (!floor.getView().state?.session) return;
  const answer = await floor.command('sign_out');
  if (answer?.after_call)
    throw new ApiError({ code: 'after_call', message: i18next.t('agent-desktop:next.sign_out_asked') });
}
