/** Who may see what, before a route loads: signed in, and of the right role. */
import { redirect } from '@tanstack/react-router';
import { setLanguage } from '@/i18n';
import { homeOf, type Me, meQuery } from '@/lib/api/session';
import { queryClient } from './query';

let languageAdopted = false;

export async function requireUser(href: string): Promise<Me> {
  const me = await queryClient.ensureQueryData(meQuery);
  if (!me) throw redirect({ to: '/login', search: href === '/' ? {} : { next: href } });
  if (me.must_change_password) throw redirect({ to: '/password' });
  if (!languageAdopted) {
    languageAdopted = true;
    await setLanguage(me.language);
  }
  return me;
}

export async function requireManager(href: string): Promise<Me> {
  const me = await requireUser(href);
  if (me.role === 'agent') throw redirect({ to: '/agent' });
  return me;
}

export async function goHome(): Promise<never> {
  const me = await requireUser('/');
  throw redirect({ to: homeOf(me.role) });
}
