import { code } from '../../text/code.ts';
import { figureIn, listIn, textIn, textsIn } from '../../text/fact.ts';
import { mention } from '../../text/mention.ts';
import { moment } from '../../text/moment.ts';
import { prose } from '../../text/prose.ts';
import { because, by, listed, type Say, who } from './saying.ts';

/** What is left when it is over. */
export const afterwardsSayings = {
  'review-due': (facts) => ({
    sign: ':memo:',
    said: `Its review is due${figureIn(facts, 'due') === null ? '' : ` since ${moment(figureIn(facts, 'due') ?? 0)}`}: ${listed(textsIn(facts, 'people').map(mention))}`,
    buttons: [{ deed: 'review', label: 'Review', style: 'primary' }],
  }),
  'review-published': (_facts, record) => ({
    sign: ':white_check_mark:',
    said: `is closed: its review is published${by(record)}`,
  }),
  'review-waived': (facts, record) => ({
    sign: ':white_check_mark:',
    said: `is closed without a review${by(record)}${because(facts)}`,
  }),
  'follow-up-due': (facts) => ({
    sign: ':memo:',
    said: 'There is something left to be done',
    more: listIn(facts, 'followUps').map(
      (one) =>
        `• ${code(textIn(one, 'id') ?? '', 20)} ${prose(textIn(one, 'text') ?? '', 300)} – ${who(textIn(one, 'owner'))}`,
    ),
  }),
  'follow-up-added': (facts, record) => ({
    sign: ':memo:',
    said: `To be done afterwards${by(record)}: ${code(textIn(facts, 'id') ?? '', 20)} ${prose(textIn(facts, 'text') ?? '', 500)}`,
  }),
  'follow-up-done': (facts, record) => ({
    sign: ':white_check_mark:',
    said: `Done${by(record)}: ${code(textIn(facts, 'id') ?? '', 20)} ${prose(textIn(facts, 'text') ?? '', 500)}`,
  }),
} satisfies Readonly<Record<string, Say>>;
