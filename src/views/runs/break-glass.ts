import type { BreakGlassRefusal } from '../../core/run-refusal.ts';
import { section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { code } from '../text/code.ts';
import { rolesText } from './run-votes.ts';

/** Why somebody cannot do without the approvals of others, or why a review was not taken; escaped. */
export function breakGlassSentence(refusal: BreakGlassRefusal): string {
  switch (refusal.why) {
    case 'off':
      return `Break-glass is off here, so nothing was done and there is nothing to review. Changes are asked for without ${code('--break-glass')}; whoever runs Gatehouse can switch it on in the configuration file.`;
    case 'never':
      return `Break-glass never counts for ${code(refusal.action)}, so nothing was asked for. Ask for it without ${code('--break-glass')}: it takes the approvals of others.`;
    case 'not-eligible':
      return `Break-glass takes somebody with the role ${rolesText(refusal.roles)}, so nothing was done. Ask for it without ${code('--break-glass')}.`;
    case 'not-on-call':
      return `Break-glass takes somebody who is on call now (${rolesText(refusal.roles)}), and you are not, so nothing was done. Whoever is can ask for it.`;
    case 'unreviewed':
      return `Nobody has reviewed what you did with break-glass before (${code(refusal.run, 80)}), so you cannot use it again and nothing was done. Ask somebody for ${code(`/auth review ${refusal.run}`, 100)}.`;
    case 'person-limit':
      return `You have used break-glass ${refusal.most} times within a day, which is as often as one person may, so nothing was done. Somebody else who is on call can.`;
    case 'global-limit':
      return `Break-glass was used ${refusal.most} times within a day, which is as often as it may, so nothing was done. Ask for it without ${code('--break-glass')}.`;
    case 'not-reviewer':
      return `A review takes somebody with the role ${rolesText(refusal.roles)}, so it was not taken.`;
    case 'own':
      return 'You used it yourself, so somebody else has to review it. Nothing was written down.';
    case 'no-such-use':
      return `Break-glass was not used for ${code(refusal.run, 80)}, so there is nothing to review. ${code('/auth runs')} lists the runs there are.`;
    case 'done-before':
      return `Somebody has reviewed ${code(refusal.run, 80)} already; ${code(`/auth audit --run ${refusal.run}`, 120)} and ${code('/auth audit')} tell more. Nothing was written down.`;
  }
}

/** What somebody hears whose review was taken. */
export const reviewedMessage = (run: string): Message => ({
  text: 'Your review is recorded.',
  blocks: [
    section(
      `Your review of ${code(run, 80)} is recorded. Who used break-glass may use it again, within its limits.`,
    ),
  ],
});
