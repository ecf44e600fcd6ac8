import { z } from 'zod';
import type { RefusedFor } from '../../core/person.ts';

/** Why Slack says that somebody may not use Gatehouse at all. */
export type Refused = Exclude<RefusedFor, 'suspended' | 'second-account'>;

const userSchema = z.object({
  id: z.string(),
  team_id: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
});

const slackbot = 'USLACKBOT';

/** Judges what `users.info` says of somebody; null for a member of the team. @throws {Error} when it says nothing. */
export function refusedBy(answer: unknown, team: string): Refused | null {
  const { success, data: user } = userSchema.safeParse(answer);
  if (!success) throw new Error('Slack’s answer about a person cannot be read');
  if (user.is_stranger || user.team_id !== team) return 'foreign';
  if (user.deleted) return 'deactivated';
  if (user.is_bot || user.id === slackbot) return 'bot';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : null;
}
