import { app, team } from '../people.ts';
import type { StoredChannel, StoredMember } from '../state/world.ts';

interface Typed {
  user: StoredMember;
  channel: StoredChannel;
  command: string;
  text: string;
  responseUrl: string;
  triggerId: string;
  verification: string;
}

/** A slash command. It has no other place for the team than the one that an external person belongs to. */
export const commandPayload = ({ user, channel, ...typed }: Typed) => ({
  token: typed.verification,
  team_id: user.team,
  team_domain: user.team === team.id ? team.domain : 'partner',
  channel_id: channel.id,
  channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
  user_id: user.id,
  user_name: user.name,
  command: typed.command,
  text: typed.text,
  api_app_id: app.id,
  is_enterprise_install: 'false',
  response_url: typed.responseUrl,
  trigger_id: typed.triggerId,
});
