import { formatDuration } from '../../../core/duration.ts';
import { clockTime } from '../../text/clock-time.ts';
import { type Facts, figureIn, textIn, textsIn } from '../../text/fact.ts';
import { channelMention, mention } from '../../text/mention.ts';
import {
  aboutTarget,
  because,
  by,
  claimIt,
  lastWord,
  listed,
  missedLines,
  type Say,
  titled,
  type Words,
  write,
} from './saying.ts';

/** What is told at its time, and what became of the channel. */
export const updatesSayings = {
  updated: (facts, record) => ({
    sign: ':mega:',
    said: `Update ${figureIn(facts, 'update') ?? ''}${facts.automatic === true ? ', automatic: nobody has added to it' : by(record)}${facts.ends === true ? `. No further reminders: nobody has said anything since ${lastWord(facts)}, and it is marked as silent until somebody does` : ''}`,
    ...(facts.automatic === true && {
      buttons: [{ deed: 'update', label: 'Add what you know', style: 'primary' as const }],
    }),
  }),
  unchanged: (facts, record) => ({
    sign: ':mega:',
    said: `Update ${figureIn(facts, 'update') ?? ''}${by(record)}: still being worked on, no change${because(facts, 'text')}`,
  }),
  reminded: (facts) => ({
    sign: ':alarm_clock:',
    said: `${titled(facts)}: an update is due at *${clockTime(figureIn(facts, 'due') ?? 0)}*. What you add goes out with it.`,
    buttons: write,
  }),
  'update-overdue': (facts) => ({
    sign: ':alarm_clock:',
    said:
      facts.ends === true
        ? `No further reminders. Nobody has said anything since ${lastWord(facts)}. It is marked as silent until somebody does.`
        : `Nobody has added to the update that was promised for ${clockTime(figureIn(facts, 'promised') ?? 0)}, and nobody has said anything since ${lastWord(facts)}. ${listed(textsIn(facts, 'people').map(mention)) || 'Somebody'}, please take it.`,
    buttons: facts.ends === true ? claimIt.slice(1) : write,
  }),
  snoozed: (facts, record) => ({
    sign: ':zzz:',
    said: `Reminders are put off${by(record)} until ${clockTime(figureIn(facts, 'until') ?? 0)}. Updates come all the same.`,
  }),
  'cadence-set': (facts, record) => ({
    sign: ':stopwatch:',
    said: `Updates come every ${formatDuration(figureIn(facts, 'ms') ?? 0)} now, set${by(record)}${because(facts)}`,
    more: missedLines(facts),
  }),
  'slack-back': (facts) => ({
    sign: ':electric_plug:',
    said: `Slack could not be reached for ${formatDuration((figureIn(facts, 'until') ?? 0) - (figureIn(facts, 'from') ?? 0))}; ${figureIn(facts, 'waiting') ?? 0} messages follow, the newest of each kind.`,
  }),
  'set-up': setUpWords,
  'room-back': (facts) => ({
    sign: ':hash:',
    said: `Its channel ${channelMention(textIn(facts, 'back') ?? '')} can be written into again: it goes on there`,
  }),
  'card-left': (facts) => {
    const where = channelMention(textIn(facts, 'left') ?? '');
    return textIn(facts, 'why') === null
      ? {
          sign: ':wastebasket:',
          said: `It has left ${where}: its card there says nothing any more`,
        }
      : {
          sign: ':warning:',
          said: `It has left ${where}, but its card there could not be emptied${because(facts, 'why')}. It may still be read there: whoever can should delete it`,
        };
  },
  'room-left': (facts) => ({
    sign: ':hash:',
    said: `The public channel ${channelMention(textIn(facts, 'left') ?? '')} was only just made for it, and is not used`,
  }),
  'room-lost': (facts) => ({
    sign: ':warning:',
    said: `Nothing can be written into its channel any more${because(facts, 'why')}. The incident goes on; updates come here.`,
    buttons: [{ deed: 'recreate-room', label: 'Make a new channel', style: 'primary' }],
  }),
} satisfies Readonly<Record<string, Say>>;

/** What a step of the channel is called, once it is done. */
const stepWords: Readonly<Record<string, string>> = {
  channel: 'Its channel is there',
  invite: 'Those who belong there are invited',
  topic: 'The channel has its topic',
  bookmark: 'The channel has its bookmark',
  card: 'The card stands in the channel',
  pin: 'The card is pinned',
};

function setUpWords(facts: Facts): Words {
  const step = textIn(facts, 'step') ?? '';
  if (step === 'announce' && facts.how === 'done') {
    return {
      sign: ':rotating_light:',
      said: `SEV${figureIn(facts, 'severity') ?? '?'}${aboutTarget(facts)} · ${titled(facts)}`,
      buttons: [{ deed: 'join', label: 'Join' }],
    };
  }
  if (facts.how === 'done') return { sign: ':hash:', said: stepWords[step] ?? `${step} is done` };
  const what = `The step “${step}” of its channel`;
  return facts.how === 'open'
    ? { sign: ':hourglass:', said: `${what} is tried again${because(facts, 'why')}` }
    : {
        sign: ':warning:',
        said: `${what} could not be done${because(facts, 'why')}. The incident goes on.`,
      };
}
