import { formatDuration } from '../../../core/duration.ts';
import { clockTime } from '../../text/clock-time.ts';
import { code } from '../../text/code.ts';
import { type Facts, figureIn, textIn } from '../../text/fact.ts';
import { moment } from '../../text/moment.ts';
import { prose } from '../../text/prose.ts';
import {
  aboutTarget,
  because,
  by,
  callLines,
  claimIt,
  come,
  limitOf,
  missedLines,
  type NoticeButton,
  type Say,
  titled,
  watchedUntil,
  who,
} from './saying.ts';

/** Whoever was called acknowledges it by saying that they come; anybody else has no call to answer. */
function comeOrClaim(facts: Facts): NoticeButton[] {
  const answers = come(facts, 'person');
  return answers.length > 0 ? answers : claimIt.slice(0, 1);
}

/** `1 follow-up`, `3 follow-ups`. */
const counted = (count: number): string => `${count} ${count === 1 ? 'follow-up' : 'follow-ups'}`;

/** What an incident has become. */
export const stateSayings = {
  declared: (facts, record, reader) => ({
    sign: ':rotating_light:',
    said: `is declared${by(record)}: *SEV${figureIn(facts, 'severity') ?? '?'}*${aboutTarget(facts)} · ${titled(facts)}`,
    more: [
      ...(textIn(facts, 'seen') === null
        ? []
        : [`*Seen* ${prose(textIn(facts, 'seen') ?? '', 1_000)}`]),
      ...callLines(facts),
      ...(textIn(facts, 'noOnCall') === null
        ? []
        : [`:warning: ${prose(textIn(facts, 'noOnCall') ?? '', 300)}`]),
      ...(figureIn(facts, 'acknowledgeBy') === null
        ? []
        : [
            `Somebody has to acknowledge it by *${clockTime(figureIn(facts, 'acknowledgeBy') ?? 0)}*.`,
          ]),
    ],
    buttons: reader === 'person' ? comeOrClaim(facts) : [],
  }),
  acknowledged: (facts, record) => ({
    sign: ':large_yellow_circle:',
    said: `is acknowledged${by(record)} after ${formatDuration(figureIn(facts, 'took') ?? 0)}${limitOf(facts)}`,
  }),
  unacknowledged: (facts) => ({
    sign: ':warning:',
    said: `is not looked after by ${who(textIn(facts, 'by'))} any more: somebody has to acknowledge it`,
    buttons: claimIt.slice(0, 1),
  }),
  moved: (facts, record) => ({
    sign: ':arrow_right:',
    said: `is *${textIn(facts, 'to') ?? '?'}* now, moved${by(record)}${because(facts)}${watchedUntil(facts)}`,
  }),
  'red-again': (facts) => ({
    sign: ':red_circle:',
    said: `The checks are red again (${figureIn(facts, 'red') ?? 2} of the last ${figureIn(facts, 'among') ?? 5}): back to *mitigating*`,
    buttons: [{ deed: 'update', label: 'Post update' }],
  }),
  'watch-passed': (facts) => ({
    sign: ':white_check_mark:',
    said:
      facts.unchecked === true
        ? 'The recovery watch is over. Nothing could be checked: no service was named.'
        : `${figureIn(facts, 'good') ?? 0} of ${figureIn(facts, 'seen') ?? 0} looks were good: it can be resolved`,
    buttons: [
      { deed: 'resolve', label: 'Resolve', style: 'primary' },
      { deed: 'watch-more', label: 'Watch 15 more' },
    ],
  }),
  'watched-longer': (facts, record) => ({
    sign: ':eyes:',
    said:
      facts.unseen === true
        ? `Too little was seen to call it good: it is watched until ${clockTime(figureIn(facts, 'until') ?? 0)}`
        : `is watched until ${clockTime(figureIn(facts, 'until') ?? 0)}${by(record)}`,
  }),
  'severity-set': (facts, record, reader) => ({
    sign: ':level_slider:',
    said: `${facts.was === facts.to ? `SEV${figureIn(facts, 'to')} is confirmed` : `is SEV${figureIn(facts, 'to')} now, not SEV${figureIn(facts, 'was')}, set`}${by(record)}${because(facts)}`,
    more: [...missedLines(facts), ...callLines(facts)],
    buttons: come(facts, reader),
  }),
  'severity-asked': () => ({
    sign: ':grey_question:',
    said: 'How bad is it? Nobody has confirmed the severity yet.',
    buttons: [
      { deed: 'set-severity', label: 'SEV1', extra: '1' },
      { deed: 'set-severity', label: 'SEV2', extra: '2' },
      { deed: 'set-severity', label: 'SEV3', extra: '3' },
      { deed: 'set-severity', label: 'SEV4', extra: '4' },
    ],
  }),
  'security-set': (facts, record, reader) =>
    facts.on === true && reader === 'everybody'
      ? { sign: ':lock:', said: 'goes on elsewhere. This channel is not used any more.' }
      : {
          sign: ':lock:',
          said:
            facts.on === true
              ? `is about security now${by(record)}${facts.left === null ? '' : '; it goes on in a private channel'}`
              : `is not about security after all${by(record)}${because(facts)}`,
          more: [...missedLines(facts), ...callLines(facts)],
          buttons: come(facts, reader),
        },
  resolved: (facts, record) => ({
    sign: ':large_green_circle:',
    said: `is resolved${by(record)} after ${formatDuration(figureIn(facts, 'took') ?? 0)}. *Fixed by:* ${prose(textIn(facts, 'fix') ?? '', 500)}`,
    more: [
      ...impactTimes(facts),
      ...(textIn(facts, 'withoutWatch') === null
        ? []
        : [`Without a recovery watch, because ${prose(textIn(facts, 'withoutWatch') ?? '', 300)}`]),
      ...(figureIn(facts, 'reviewDue') === null
        ? []
        : [
            `Its review is due ${moment(figureIn(facts, 'reviewDue') ?? 0)}, by ${who(textIn(facts, 'reviewOwner'))}. ${counted(figureIn(facts, 'followUps') ?? 0)}.`,
          ]),
    ],
    buttons: [
      { deed: 'reopen', label: 'Reopen' },
      { deed: 'review', label: 'Review' },
    ],
  }),
  reopened: (facts, record, reader) => ({
    sign: ':red_circle:',
    said: `is open again${by(record)}${because(facts)}`,
    more: callLines(facts),
    buttons: reader === 'person' ? comeOrClaim(facts) : claimIt.slice(0, 1),
  }),
  cancelled: (facts, record) => ({
    sign: ':heavy_minus_sign:',
    said: `is cancelled${by(record)}: ${prose((textIn(facts, 'reason') ?? '').replaceAll('-', ' '), 100)}${textIn(facts, 'of') === null ? '' : ` of ${code(textIn(facts, 'of') ?? '', 40)}`}`,
  }),
} satisfies Readonly<Record<string, Say>>;

/** From when to when people were hit, as far as somebody has said so. */
function impactTimes(facts: Facts): string[] {
  const [from, until] = [figureIn(facts, 'started'), figureIn(facts, 'ended')];
  if (from === null || until === null) return [];
  return [`People were hit from ${moment(from)} to ${moment(until)}.`];
}
