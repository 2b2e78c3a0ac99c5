/** A page was opened with a temporary password: it must be replaced before anything else. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { homeOf, meQuery } from '@/lib/api/session';
import { ChangePassword } from './ChangePassword';

export function PasswordPage() {
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <ChangePassword
      onDone={(me) => {
        client.setQueryData(meQuery.queryKey, me);
        void navigate({ to: homeOf(me.role) });
      }}
    />
  );
}
