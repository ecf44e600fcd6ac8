import { groupShape } from '../shapes/group.ts';
import { flag, required } from './arguments.ts';
import { ApiError, type Call, type Methods } from './method.ts';

/** User groups, which only paying workspaces have. */
export const usergroups: Methods = {
  'usergroups.list': (call) => {
    checkPlan(call);
    const withUsers = flag(call.args, 'include_users');
    return { usergroups: call.workspace.world.groups.map((group) => groupShape(group, withUsers)) };
  },

  'usergroups.users.list': (call) => {
    checkPlan(call);
    const id = required(call.args, 'usergroup');
    const group = call.workspace.world.groups.find((other) => other.id === id);
    if (!group) throw new ApiError('no_such_subteam');
    return { users: group.members };
  },
};

function checkPlan({ workspace }: Call): void {
  if (!workspace.plan.paid) throw new ApiError('plan_upgrade_required');
}
