import { app, slackbot } from '../people.ts';
import type { StoredMember } from '../state/world.ts';

/** Somebody as the Web API shows them; the address only to tokens that may read addresses. */
export function userShape(member: StoredMember, withEmail: boolean): Record<string, unknown> {
  const { id, name, title, deactivated: deleted, guest, bot, updated } = member;
  return {
    id,
    team_id: member.team,
    name,
    deleted,
    color: '9f69e7',
    real_name: title,
    tz: 'Etc/UTC',
    tz_label: 'Coordinated Universal Time',
    tz_offset: 0,
    profile: profileOf(member, withEmail),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: guest,
    is_ultra_restricted: false,
    is_bot: bot && id !== slackbot,
    is_app_user: false,
    updated,
    is_email_confirmed: !bot,
    who_can_share_contact_card: 'EVERYONE',
  };
}

function profileOf(member: StoredMember, withEmail: boolean): Record<string, unknown> {
  const { id, name, title, email, team } = member;
  const images = [24, 32, 48, 72, 192, 512].map((size) => [`image_${size}`, '']);
  return {
    title,
    phone: '',
    skype: '',
    real_name: title,
    real_name_normalized: title,
    display_name: name,
    display_name_normalized: name,
    status_text: '',
    status_emoji: '',
    status_expiration: 0,
    avatar_hash: '',
    ...Object.fromEntries(images),
    status_text_canonical: '',
    team,
    ...(withEmail && email && { email }),
    ...(id === app.botUser && { api_app_id: app.id, bot_id: app.botId, always_active: true }),
  };
}
