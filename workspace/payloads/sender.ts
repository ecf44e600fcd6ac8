import { app, team } from '../people.ts';
import type { StoredMember } from '../state/world.ts';

/** What every interaction says about where it comes from. */
export const sender = (user: StoredMember, verification: string) => ({
  user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
  api_app_id: app.id,
  token: verification,
});
