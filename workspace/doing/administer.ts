import type { Control } from '../protocol.ts';
import { groupShape } from '../shapes/group.ts';
import { userShape } from '../shapes/user.ts';
import type { StoredGroup } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo, memberOf } from './doing.ts';

/** Changes what somebody is; the app is told. */
export function changeMember(
  workspace: Workspace,
  { user, ...change }: Control['member']['body'],
): Control['member']['answer'] {
  const member = memberOf(workspace, user);
  const updated = Math.floor(workspace.chance.now() / 1000);
  Object.assign(member, change, { updated });
  workspace.changed();
  workspace.feed.renew();
  const withEmail = workspace.manifest.botScopes.includes('users:read.email');
  void workspace.events.emit({
    type: 'user_change',
    user: userShape(member, withEmail),
    cache_ts: updated,
  });
  return { member };
}

/** Says who is in a user group; the app is told twice, as by Slack. */
export function changeGroup(
  workspace: Workspace,
  { group: id, members, join, leave }: Control['group']['body'],
): Control['group']['answer'] {
  const group = workspace.world.groups.find((other) => other.id === id || other.handle === id);
  if (!group) throw new CannotDo('group_not_found');
  const before = { members: group.members, updated: group.updated };
  const idOf = (user: string) => memberOf(workspace, user).id;
  const [joins, leaves] = [join, leave].map((user) => (user === undefined ? [] : [idOf(user)]));
  const all = [...(members?.map(idOf) ?? before.members), ...(joins ?? [])];
  group.members = [...new Set(all)].filter((user) => !leaves?.includes(user));
  group.updated = Math.floor(workspace.chance.now() / 1000);
  workspace.changed();
  workspace.feed.renew();
  void workspace.events.emit(membersChanged(workspace, group, before));
  const subteam = groupShape(group, true);
  const event_ts = workspace.ids.ts();
  void workspace.events.emit({ type: 'subteam_updated', subteam, event_ts });
  return { group };
}

function membersChanged(
  { ids }: Workspace,
  group: StoredGroup,
  before: { members: string[]; updated: number },
) {
  const added = group.members.filter((user) => !before.members.includes(user));
  const removed = before.members.filter((user) => !group.members.includes(user));
  return {
    type: 'subteam_members_changed',
    subteam_id: group.id,
    team_id: groupShape(group, false).team_id,
    date_previous_update: before.updated,
    date_update: group.updated,
    added_users: added,
    added_users_count: added.length,
    removed_users: removed,
    removed_users_count: removed.length,
    event_ts: ids.ts(),
  };
}
