import { auth } from './auth.ts';
import { chat } from './chat.ts';
import type { Methods } from './method.ts';
import { users } from './users.ts';

/** Every method that this workspace has; the rest is `unknown_method`. */
export const methods: Methods = { ...auth, ...chat, ...users };
