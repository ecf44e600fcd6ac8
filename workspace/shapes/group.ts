import { people, team } from '../people.ts';
import type { StoredGroup } from '../state/world.ts';

/** A user group as the Web API and the events show it. */
export function groupShape(group: StoredGroup, withUsers: boolean): Record<string, unknown> {
  const { id, handle, name, members, created, updated } = group;
  return {
    id,
    team_id: team.id,
    is_usergroup: true,
    is_subteam: true,
    name,
    description: '',
    handle,
    is_external: false,
    date_create: created,
    date_update: updated,
    date_delete: 0,
    auto_provision: false,
    enterprise_subteam_id: '',
    created_by: people.manager1,
    updated_by: people.manager1,
    prefs: { channels: [], groups: [] },
    user_count: members.length,
    channel_count: 0,
    ...(withUsers && { users: members }),
  };
}
