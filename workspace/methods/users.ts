import { userShape } from '../shapes/user.ts';
import type { StoredMember } from '../state/world.ts';
import { required } from './arguments.ts';
import { userOf } from './channel-of.ts';
import { ApiError, type Call, type Methods } from './method.ts';
import { pageOf } from './page-of.ts';

/** Who is in the workspace. */
export const users: Methods = {
  'users.info': (call) => ({
    user: shapeOf(call, userOf(call, required(call.args, 'user'))),
  }),

  'users.list': (call) => {
    const { items, response_metadata } = pageOf(call.workspace.world.members, call.args);
    const members = items.map((member) => shapeOf(call, member));
    const cache_ts = Math.floor(call.workspace.chance.now() / 1000);
    return { members, cache_ts, response_metadata };
  },

  'users.lookupByEmail': (call) => {
    const email = required(call.args, 'email').toLowerCase();
    const member = call.workspace.world.members.find((other) => other.email === email);
    if (!member || member.deactivated) throw new ApiError('users_not_found');
    return { user: shapeOf(call, member) };
  },
};

const shapeOf = ({ workspace }: Call, member: StoredMember) =>
  userShape(member, workspace.manifest.botScopes.includes('users:read.email'));
