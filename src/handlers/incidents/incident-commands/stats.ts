import type { z } from 'zod';
import { statsMessage } from '../../../views/incidents/incident-stats.ts';
import type { Command } from '../../command.ts';
import { readOrSay } from '../../read-or-say.ts';
import { type CommandTools, looking } from '../incident-command.ts';
import { statsDeclared } from './review-declared.ts';

/** How far back when nobody says, in milliseconds. */
const usual = 30 * 86_400_000;

/** Says how incidents went. Figures name no incident, so that everybody may see them. */
export const statsCommand = ({ figures, now }: CommandTools): Command => ({
  ...statsDeclared,
  ...looking,
  async perform({ params }, { show }) {
    const { words, service } = params as z.output<typeof statsDeclared.params>;
    const over = words[0] ?? usual;
    const query = { since: now() - over, ...(service !== undefined && { service }) };
    const stats = await readOrSay(() => figures.stats(query));
    await show(statsMessage, { stats, over, service: service ?? null });
  },
});
