import type { RunRefusal } from '../../core/run-refusal.ts';
import { code } from '../text/code.ts';
import { moment } from '../text/moment.ts';
import { rolesText } from './run-votes.ts';

type Refusal = Extract<RunRefusal, { kind: 'outside-window' }>;

/** Why something may not be asked for at this hour, when it may, and who could do it anyway; escaped. */
export function outsideWindowSentence(refusal: Refusal): string {
  const { action, target, hours, opens } = refusal;
  const next =
    opens === null
      ? 'It does not open within two weeks.'
      : `It can be asked for again ${moment(opens.at)}.`;
  return `${code(action)} may be asked for and begin on ${code(target, 130)} only ${hoursText(hours)}, so nothing was asked for. ${next} ${anyway(refusal)} ${code('/auth plan')} still shows what would be done.`;
}

/** More than anybody writes for one action. */
const mostHours = 5;

/** Hours as the configuration file writes them, as code. */
export const hoursText = (hours: readonly string[]): string =>
  hours
    .slice(0, mostHours)
    .map((one) => code(one, 100))
    .join(' or ');

function anyway({ action, target, place, inIncident, breakGlass }: Refusal): string {
  const ways = [
    ...(inIncident
      ? [
          `In an open incident about ${code(target, 130)} it may be done at any time: ask for it in the incident’s channel, or add ${code('--incident INC-42')}.`,
        ]
      : []),
    ...(breakGlass
      ? [
          `Whoever has the role ${rolesText(breakGlass.roles)} and is on call now (${rolesText(breakGlass.onCall)}) can do it before then by ${code('--break-glass')}.`,
        ]
      : []),
  ];
  const where = code(`approvals.environments.${place}.windows.${action}`, 150);
  return ways.length > 0
    ? ways.join(' ')
    : `Nobody can do it before then; the hours stand under ${where} in the configuration file, which whoever runs Gatehouse can change.`;
}
