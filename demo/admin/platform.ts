import { ok, type Route } from '../exchange.ts';
import type { Parts } from '../parts.ts';

/** What only runbook 003 asks of its admin API; the others have it too, and nobody calls it there. */
export function platformRoutes({ file }: Parts): Route[] {
  const updateFeed = () => {
    const updatedAt = Date.now();
    return file.change((state) => {
      state.threatFeed = { version: state.threatFeed.version + 1, updatedAt };
      return ok(state.threatFeed);
    });
  };
  const weakPasswords = () => {
    const weak = file.state.users.slice(0, 3).map(({ email }, index) => ({
      user: email,
      strength: 35 + index * 10,
    }));
    return ok({ weak_passwords: weak });
  };
  return [
    { method: 'POST', path: '/admin/threat-intel/update', handle: updateFeed },
    { method: 'GET', path: '/admin/security/weak-passwords', handle: weakPasswords },
    {
      method: 'GET',
      path: '/admin/security/encryption-status',
      handle: () => ok({ encryption_enabled: true, algorithm: 'AES-256-GCM' }),
    },
  ];
}
