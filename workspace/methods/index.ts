import { auth } from './auth.ts';
import { bookmarks } from './bookmarks.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { history } from './history.ts';
import { members } from './members.ts';
import type { Methods } from './method.ts';
import { pins } from './pins.ts';
import { reactions } from './reactions.ts';
import { usergroups } from './usergroups.ts';
import { users } from './users.ts';
import { views } from './views.ts';

/** Every method that this workspace has; the rest is `unknown_method`. */
export const methods: Methods = {
  ...auth,
  ...bookmarks,
  ...chat,
  ...conversations,
  ...files,
  ...history,
  ...members,
  ...pins,
  ...reactions,
  ...usergroups,
  ...users,
  ...views,
};
