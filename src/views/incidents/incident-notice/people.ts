import { clockTime } from '../../text/clock-time.ts';
import { code } from '../../text/code.ts';
import { type Facts, figureIn, listIn, textIn, textsIn } from '../../text/fact.ts';
import { mention } from '../../text/mention.ts';
import { prose } from '../../text/prose.ts';
import { roleWords } from '../incident-words.ts';
import {
  because,
  by,
  callLines,
  claimIt,
  come,
  had,
  listed,
  type NoticeButton,
  patience,
  role,
  type Say,
  titled,
  who,
  whoIn,
} from './saying.ts';

/** Who may do what was asked for. */
function mayText(facts: Facts): string {
  const roles = textsIn(facts, 'roles').map((one) => role({ role: one }));
  const all = [...roles, ...textsIn(facts, 'holders').map((one) => code(one, 60))];
  return all.length === 0 ? '' : `: it is up to ${all.join(' or ')}`;
}

/** What nobody has any more because somebody is gone. */
function vacated(facts: Facts): string {
  const roles = textsIn(facts, 'roles').map((one) => role({ role: one }));
  const all = [
    ...(roles.length === 0 ? [] : [`nobody is ${roles.join(' or ')} now`]),
    ...(facts.acknowledged === true ? ['nobody is known to be on it now'] : []),
    ...(facts.review === true ? ['nobody owns its review now'] : []),
  ];
  return all.length === 0 ? '' : `: ${all.join('; ')}`;
}

/** Whether whoever came on call was asked to lead; until they say so, it stays as it is. */
const asked = (facts: Facts): string =>
  textIn(facts, 'to') === null
    ? ''
    : `, and is asked to be ${role(facts)}; it stays with ${who(textIn(facts, 'had'))} until that is accepted`;

/** The answers to whoever offers a role. */
const takeOver = (facts: Facts): readonly NoticeButton[] => {
  const extra = textIn(facts, 'role') ?? 'commander';
  return [
    { deed: 'accept-role', label: 'Accept', extra, style: 'primary' },
    { deed: 'refuse-role', label: 'I can’t', extra },
  ];
};

/** Who is on it, who was called, and who takes over. */
export const peopleSayings = {
  escalated: (facts, record, reader) => ({
    sign: ':sos:',
    said: `is escalated${facts.automatic === true ? ' automatically' : by(record)}${because(facts, 'why')}`,
    more: callLines(facts),
    buttons: come(facts, reader),
  }),
  'nobody-acknowledged': (facts) => ({
    sign: ':sos:',
    said: `Nobody has acknowledged ${titled(facts)}${facts.last === true ? ', and nobody is left on the ladder to call' : ''}`,
    buttons: claimIt.slice(0, 1),
  }),
  'escalation-answered': (facts, record, reader) => ({
    sign: facts.answer === 'on-it' ? ':raised_hand:' : ':arrow_forward:',
    said:
      facts.answer === 'on-it'
        ? `${who(whoIn(record.actor))} is on it`
        : `${who(whoIn(record.actor))} cannot come`,
    more: callLines(facts),
    buttons: come(facts, reader),
  }),
  'escalation-unanswered': (facts, _record, reader) => ({
    sign: ':sos:',
    said: `${listed(textsIn(facts, 'silent').map((one) => code(one, 60)))} did not answer in time${facts.contact === null ? ', and nobody is left to call' : ''}`,
    more: callLines(facts),
    buttons: come(facts, reader),
  }),
  'acknowledgement-expired': (facts, _record, reader) => ({
    sign: ':warning:',
    said: `${who(textIn(facts, 'who'))} has not answered: nobody is known to be on it now`,
    more: callLines(facts),
    buttons: reader === 'person' ? claimIt.slice(0, 1) : [],
  }),
  'still-on-it-asked': (facts, record, reader) => ({
    sign: ':grey_question:',
    said: `${who(textIn(facts, 'who'))}, are you still on it? The last sign of life was at ${clockTime(figureIn(facts, 'since') ?? 0)}. Without an answer by ${clockTime(record.at + patience.stillOnIt)} it counts as not acknowledged.`,
    buttons:
      reader === 'person'
        ? [
            { deed: 'stay', label: 'Yes, 30 minutes more', style: 'primary' },
            { deed: 'offer-role', label: 'Hand over' },
            { deed: 'unacknowledge', label: 'No' },
          ]
        : [],
  }),
  'role-unclaimed': (facts, _record, reader) => ({
    sign: ':warning:',
    said: `Nobody is ${role(facts)}`,
    more: callLines(facts),
    buttons: [
      {
        deed: 'take-role',
        label: `Be ${role(facts)}`,
        extra: textIn(facts, 'role') ?? 'commander',
      },
      ...come(facts, reader),
    ],
  }),
  'role-taken': (facts, record) => ({
    sign: ':bust_in_silhouette:',
    said: `${who(whoIn(record.actor))} is ${role(facts)} now${had(facts, whoIn(record.actor))}`,
  }),
  'role-left': (facts, record) => ({
    sign: ':warning:',
    said: `${who(whoIn(record.actor))} is no longer ${role(facts)}: nobody is`,
  }),
  'role-offered': (facts, record, reader) => ({
    sign: ':repeat:',
    said:
      reader === 'person'
        ? `${who(whoIn(record.actor))} asks you to be ${role(facts)} of ${titled(facts)}${had(facts)}. Without an answer by ${clockTime(record.at + patience.role)} it stays as it is.`
        : `${who(whoIn(record.actor))} has offered ${who(textIn(facts, 'to'))} to be ${role(facts)}; it stays as it is until that is accepted`,
    buttons: reader === 'person' ? takeOver(facts) : [],
  }),
  'role-accepted': (facts, record) => ({
    sign: ':repeat:',
    said: `${who(whoIn(record.actor))} is ${role(facts)} now${had(facts)}`,
  }),
  'role-refused': (facts, record) => ({
    sign: ':repeat:',
    said: `${who(whoIn(record.actor))} cannot be ${role(facts)}; it stays with ${who(textIn(facts, 'had'))}${because(facts)}`,
  }),
  'handover-expired': (facts) => ({
    sign: ':repeat:',
    said:
      listIn(facts, 'offers')
        .map(
          (offer) =>
            `${who(textIn(offer, 'to'))} did not answer whether to be ${role(offer)}; it stays with ${who(textIn(offer, 'from'))}`,
        )
        .join('. ') || 'Nobody has answered the offer of a role; it stays as it is',
  }),
  plea: (facts) => ({
    sign: ':pray:',
    said: `${who(textIn(facts, 'by'))} would like somebody to ${prose(textIn(facts, 'what') ?? 'help', 200)}${mayText(facts)}`,
  }),
  'person-left': (facts) => ({
    sign: ':warning:',
    said: `${who(textIn(facts, 'who'))} ${facts.why === 'deactivated' ? 'has no Slack account any more' : 'was offboarded'}${vacated(facts)}`,
    buttons: [
      ...(textsIn(facts, 'roles').includes('commander')
        ? [{ deed: 'take-role', label: `Be ${roleWords.commander}`, extra: 'commander' } as const]
        : []),
      ...(facts.acknowledged === true ? claimIt.slice(0, 1) : []),
    ],
  }),
  shift: (facts, record, reader) => ({
    sign: ':arrows_counterclockwise:',
    said:
      reader === 'person'
        ? `You are on call now. Will you be ${role(facts)} of ${titled(facts)}${had(facts)}? Without an answer by ${clockTime(record.at + patience.role)} it stays as it is.`
        : `${listed(textsIn(facts, 'oncall').map(mention))} is on call now${asked(facts)}`,
    buttons: reader === 'person' ? takeOver(facts) : [],
  }),
} satisfies Readonly<Record<string, Say>>;
