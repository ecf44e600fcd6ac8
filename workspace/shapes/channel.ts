import { app, team } from '../people.ts';
import type { StoredChannel } from '../state/world.ts';

/** A conversation as the Web API shows it. */
export function channelShape(channel: StoredChannel): Record<string, unknown> {
  return channel.kind === 'im' ? directShape(channel) : openShape(channel);
}

function openShape(channel: StoredChannel): Record<string, unknown> {
  const { id, name, kind, archived, creator, created, updated } = channel;
  return {
    id,
    name,
    is_channel: kind === 'channel',
    is_group: kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: kind === 'private',
    created,
    is_archived: archived,
    is_general: name === 'general',
    unlinked: 0,
    name_normalized: name,
    is_shared: false,
    is_org_shared: false,
    is_ext_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: team.id,
    updated: updated * 1000,
    creator,
    shared_team_ids: [team.id],
    pending_connected_team_ids: [],
    is_member: channel.members.includes(app.botUser),
    topic: noted(channel.topic, channel.topicBy),
    purpose: noted(channel.purpose, channel.purposeBy),
    previous_names: channel.previousNames,
  };
}

const noted = (value: string, by: StoredChannel['topicBy']) => ({
  value,
  creator: by?.user ?? '',
  last_set: by?.at ?? 0,
});

/** A direct message is named by the other one's id. */
const directShape = ({ id, name, created, archived, updated }: StoredChannel) => ({
  id,
  created,
  is_archived: archived,
  is_im: true,
  is_org_shared: false,
  context_team_id: team.id,
  updated: updated * 1000,
  user: name,
  is_open: true,
  priority: 0,
});
