import type { ConfigFile } from './file-schema.ts';

/** Roles given to second accounts: nobody answers those, so that a set might be one that nobody can fill. */
export function rolesOfSecondAccounts({
  accounts: { second },
  roles,
}: Pick<ConfigFile, 'accounts' | 'roles'>): { path: (string | number)[]; says: string }[] {
  return Object.entries(roles).flatMap(([role, { members }]) =>
    members.flatMap((member, index) => {
      const [kind, id = ''] = member.split(':');
      const first = kind === 'user' && Object.hasOwn(second, id) ? second[id] : undefined;
      if (first === undefined) return [];
      const says = `user:${id} is a second account of user:${first}; expected the one that counts`;
      return [{ path: ['roles', role, 'members', index], says }];
    }),
  );
}
