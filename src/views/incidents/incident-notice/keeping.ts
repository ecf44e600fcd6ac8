import { code } from '../../text/code.ts';
import { type Facts, figureIn, listIn, textIn, textsIn } from '../../text/fact.ts';
import { prose } from '../../text/prose.ts';
import { impactWords } from '../incident-words.ts';
import { because, by, type Say, type Words, who } from './saying.ts';

/** What is written down about an incident without anybody being told. */
export const keepingSayings = {
  'title-set': (facts, record) => ({
    sign: ':pencil2:',
    said: `is called “${prose(textIn(facts, 'title') ?? '', 200)}” now${by(record)}, not “${prose(textIn(facts, 'was') ?? '', 200)}”`,
  }),
  'target-set': (facts, record) => ({
    sign: ':pencil2:',
    said: `is about ${code(textIn(facts, 'target') ?? '–', 130)} now${by(record)}${instead(facts)}`,
  }),
  'impact-set': (facts, record) => ({
    sign: ':pencil2:',
    said: `hits ${hit(facts)}${by(record)}`,
  }),
  'still-on-it': (facts) => ({
    sign: ':raised_hand:',
    said: `${who(textIn(facts, 'acknowledged'))} is still on it`,
  }),
  spoke: (facts) => ({
    sign: ':speech_balloon:',
    said: `${who(textIn(facts, 'by'))} has said something in its channel`,
  }),
  'note-added': (facts) => ({
    sign: ':speech_balloon:',
    said: `${who(textIn(facts, 'author'))}: ${prose(textIn(facts, 'text') ?? '', 500)}`,
  }),
  'note-changed': (facts) => ({
    sign: ':speech_balloon:',
    said: `A message of the timeline was ${facts.text === null ? 'deleted' : 'edited'}`,
  }),
  'note-hidden': (facts, record) => ({
    sign: ':speech_balloon:',
    said:
      facts.unseen === true
        ? 'A message was taken off the timeline: its mark was taken away while Gatehouse was not there to see by whom'
        : `A message was taken off the timeline${by(record)}`,
  }),
  'review-written': (_facts, record) => ({
    sign: ':memo:',
    said: `Its review was written on${by(record)}`,
  }),
  joined: (facts) => ({
    sign: ':wave:',
    said: `${who(textIn(facts, 'who'))} has joined`,
  }),
  'card-moved': () => ({
    sign: ':pushpin:',
    said: 'Somebody has deleted its card: another one stands in the channel, and is pinned next',
  }),
  'room-recreated': (_facts, record) => ({
    sign: ':hash:',
    said: `A new channel is made for it, asked for${by(record)}`,
  }),
  'paged-elsewhere': calledElsewhere,
  repaired: (facts) => ({
    sign: ':wrench:',
    said: `Gatehouse had lost what it waits for, and has put it back: ${listIn(facts, 'deadlines')
      .map((one) => code(textIn(one, 'kind') ?? '–', 40))
      .join(', ')}`,
  }),
} satisfies Readonly<Record<string, Say>>;

const instead = (facts: Facts): string =>
  facts.was === null ? '' : `, not about ${code(textIn(facts, 'was') ?? '–', 130)}`;

function hit(facts: Facts): string {
  const all = Object.entries(impactWords).filter(([one]) => textsIn(facts, 'impact').includes(one));
  return all.map(([, words]) => words).join(', ') || 'nobody';
}

/** A call that Slack did not take, and what became of it elsewhere. */
function calledElsewhere(facts: Facts): Words {
  const how = textsIn(facts, 'how').join(' and ') || 'mail or webhook';
  const contact = code(textIn(facts, 'contact') ?? '–', 60);
  const line = figureIn(facts, 'line');
  const call = line === null ? 'the call' : `the call of line ${line}`;
  switch (facts.stage) {
    case 'sent':
      return { sign: ':telephone_receiver:', said: `${contact} was called by ${how}` };
    case 'failed':
      return {
        sign: ':warning:',
        said: `${contact} could not be called by ${how} either${because(facts, 'why')}`,
      };
    default:
      return {
        sign: ':telephone_receiver:',
        said: `Slack does not take ${call}: ${contact} is called by ${how} instead`,
      };
  }
}
