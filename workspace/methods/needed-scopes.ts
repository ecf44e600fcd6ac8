import type { Manifest } from '../manifest.ts';
import { scopes } from '../scopes.ts';
import { findChannel } from '../slack/channels.ts';
import { flag, textOf } from './arguments.ts';
import type { Call } from './method.ts';

/** How the scopes for each kind of conversation begin. */
const prefixes = { channel: 'channels:', private: 'groups:', im: 'im:' } as const;

/** The scopes of which one must be held for this call; none needed when empty. */
export function neededScopes(call: Call): readonly string[] {
  const all = Object.hasOwn(scopes, call.method) ? (scopes[call.method] ?? []) : [];
  const prefix = all.length > 1 ? prefixOf(call) : null;
  const some = prefix ? all.filter((scope) => scope.startsWith(prefix)) : all;
  return some.length > 0 ? some : all;
}

/** Null when the call does not say which kind it is about. */
function prefixOf({ method, args, workspace }: Call): string | null {
  if (method === 'conversations.open') return 'im:';
  if (method === 'conversations.create') return flag(args, 'is_private') ? 'groups:' : 'channels:';
  const channel = findChannel(workspace, textOf(args, 'channel'));
  return channel ? prefixes[channel.kind] : null;
}

/** Whether the app's token may make the call. */
export const mayCall = (manifest: Manifest, needed: readonly string[]): boolean =>
  needed.length === 0 || needed.some((scope) => manifest.botScopes.includes(scope));
