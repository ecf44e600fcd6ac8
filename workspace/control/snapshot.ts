import { app, team } from '../people.ts';
import type { Member, Snapshot, View } from '../protocol.ts';
import { toChannel } from '../slack/channels.ts';
import { canSee, toMessage } from '../slack/messages.ts';
import { toView } from '../slack/views.ts';
import type { StoredMember } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';

/** This many messages are shown at first, the newest. */
const shown = 1000;

/** Everything that one member may see. */
export function snapshotOf(workspace: Workspace, me: string): Snapshot {
  const { world, manifest, faults } = workspace;
  const home = world.homes[me];
  const seen = world.messages.filter((message) => canSee(workspace, me, message));
  return {
    me,
    team: { id: team.id, name: team.name },
    app: appOf(workspace),
    members: membersOf(workspace),
    groups: world.groups.map(({ id, handle, name, members }) => ({ id, handle, name, members })),
    rooms: world.channels.flatMap(({ id, name, kind }) =>
      kind === 'channel' ? [{ id, name }] : [],
    ),
    channels: world.channels.filter(({ members }) => members.includes(me)).map(toChannel),
    messages: seen.slice(-shown).map(toMessage),
    home: home ? toView(home) : null,
    modals: modalsOf(workspace, me),
    commands: manifest.commands.map(({ command, description, usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    shortcuts: manifest.shortcuts.map(({ callbackId, name, type }) => ({ callbackId, name, type })),
    faults,
  };
}

/** Everybody, without what only the Web API tells. */
export const membersOf = ({ world }: Workspace): Member[] =>
  world.members.map(({ email: _, updated: __, ...member }: StoredMember) => member);

/** The app's connection. */
export const appOf = ({ manifest, sockets, requests }: Workspace): Snapshot['app'] => ({
  name: manifest.appName,
  botUserId: app.botUser,
  sockets: sockets.count(),
  mode: requests ? 'http' : 'socket',
});

/** The open modals of somebody, the top one last. */
export const modalsOf = ({ world }: Workspace, user: string): View[] =>
  (world.modals[user] ?? []).map(toView);
