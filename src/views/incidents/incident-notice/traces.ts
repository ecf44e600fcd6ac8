import { type Facts, figureIn, listIn, textIn, textsIn } from '../../text/fact.ts';
import { channelMention } from '../../text/mention.ts';
import { prose } from '../../text/prose.ts';
import { because, type Say, who } from './saying.ts';

/** What became of what everybody could read before it was about security. */
export const tracesSayings = {
  'traces-looked': (facts) => ({
    sign: ':wastebasket:',
    said: `${emptied(facts)} of it that everybody could read so far. It is looked once more for what was still on its way`,
  }),
  'traces-tried': (facts) => ({
    sign: ':warning:',
    said: `Not all of what everybody could read of it is taken away yet${because(facts, 'why')}. That is tried again by itself; whoever can should delete what still stands`,
    more: leftToPeople(facts),
  }),
  'traces-cleared': (facts) => ({
    sign: listIn(facts, 'stand').length > 0 ? ':warning:' : ':wastebasket:',
    said: `${commander(facts)}${emptied(facts)} of it that everybody could read`,
    more: [...standing(facts), ...leftToPeople(facts)],
  }),
} satisfies Readonly<Record<string, Say>>;

const commander = (facts: Facts): string => {
  const id = textIn(facts, 'commander');
  return id === null ? '' : `${who(id)}: `;
};

function emptied(facts: Facts): string {
  const count = figureIn(facts, 'emptied') ?? 0;
  return count === 0
    ? 'Gatehouse has found no message'
    : `Gatehouse has emptied ${count === 1 ? 'one message' : `${count} messages`}`;
}

const standing = (facts: Facts): string[] =>
  listIn(facts, 'stand')
    .slice(0, 10)
    .map((one) => {
      const where = channelMention(textIn(one, 'channel') ?? '');
      const why = prose(textIn(one, 'why') ?? 'nobody knows why', 300);
      return `:warning: *Some of it still stands in ${where}*: ${why}. Whoever can should delete it there.`;
    });

/** What an app cannot take away. */
function leftToPeople(facts: Facts): string[] {
  const rooms = textsIn(facts, 'rooms').slice(0, 10).map(channelMention).join(', ');
  if (rooms === '') return [];
  return [
    `What no app can take away in ${rooms}: what people wrote, the name of the channel, and Slack’s own lines, such as the one that the topic was set. Whoever wrote something can delete it; an owner or admin of the workspace can rename or delete the channel.`,
  ];
}
