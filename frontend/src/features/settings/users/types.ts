/** Words of users, from the API. */
import type { components } from '@/lib/api/schema';

export type User = components['schemas']['UserOut'];
export const ROLES = ['agent', 'supervisor', 'admin'] as const;
