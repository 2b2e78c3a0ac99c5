/** Leaving the floor before signing out: what is typed is saved first, a call is ended first. */
import i18next from 'i18next';
import { ApiError } from '@/lib/api/error';
import { autosave } from '../autosave/typed';
import { floor } from '../floor';

const PATIENCE_MS = 1500;

function sessionIsOver(): boolean {
  return !floor.getView().state?.session;
}

/** Throws what to tell the agent where he cannot leave now. */
export async function leaveFloor(): Promise<void> {
  await autosave.flush();
  if (sessionIsOver()) return;
  await floor.command('sign_out');
  const over = await new Promise<boolean>((resolve) => {
    if (sessionIsOver()) return resolve(true);
    const stop = floor.subscribe(() => sessionIsOver() && finish(true));
    const timer = setTimeout(() => finish(false), PATIENCE_MS);
    const finish = (result: boolean): void => {
      stop();
      clearTimeout(timer);
      resolve(result);
    };
  });
  if (!over && !floor.getView().bye)
    throw new ApiError({ code: 'after_call', message: i18next.t('agent-desktop:next.sign_out_asked') });
}
