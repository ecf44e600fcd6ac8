import type { z } from 'zod';
import type { IncidentDeed } from '../../../core/incident-command.ts';
import { followUpList } from '../../../views/incidents/incident-follow-ups.ts';
import type { Command } from '../../command.ts';
import { doDeed } from '../do-deed.ts';
import { type CommandTools, changing, withIncident } from '../incident-command.ts';
import { followUpDeclared } from '../incident-declared.ts';
import { maySeeIncident } from '../may-see-incident.ts';
import { namedFirst } from '../meant-incident.ts';

/** What is left to be done: added, done, listed. */
export const followUpCommands = (tools: CommandTools): Command[] => [
  {
    ...followUpDeclared,
    ...changing,
    async perform(invocation, asking) {
      const given = invocation.params as z.output<typeof followUpDeclared.params>;
      const [what = 'list', ...said] = given.words;
      const first = given.incident === undefined ? await namedFirst(said, asking, tools) : null;
      const rest = first ? first.rest.map(String) : said;
      const named = given.incident ?? first?.named;
      await withIncident(named, invocation, asking, tools, async (incident) => {
        if (what !== 'list') {
          const { deed, did } = whatOf(what, rest, given, tools);
          return doDeed(incident.id, deed, did, asking, tools);
        }
        if (await maySeeIncident(incident, asking)) await asking.show(followUpList, incident);
      });
    },
  },
];

/** What a word besides `list` means: one is done, or one more is to be done. */
function whatOf(
  what: string,
  rest: readonly string[],
  given: z.output<typeof followUpDeclared.params>,
  tools: Pick<CommandTools, 'now'>,
): { deed: IncidentDeed; did: string } {
  if (what === 'done') {
    const id = (rest[0] ?? '').toUpperCase().replace(/^(?=\d)/, 'F');
    return { deed: { kind: 'finish-follow-up', id }, did: `${id} is done` };
  }
  const due = given.due === undefined ? null : tools.now() + given.due;
  const followUp = { text: rest.join(' '), owner: given.owner ?? null, due };
  return { deed: { kind: 'add-follow-up', followUp }, did: 'It is on the list' };
}
