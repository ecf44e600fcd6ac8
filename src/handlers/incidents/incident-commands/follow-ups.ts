import type { z } from 'zod';
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
      await withIncident(
        given.incident ?? first?.named,
        invocation,
        asking,
        tools,
        async (incident) => {
          if (what === 'list') {
            if (await maySeeIncident(incident, asking)) await asking.show(followUpList, incident);
            return;
          }
          if (what === 'done') {
            const id = (rest[0] ?? '').toUpperCase().replace(/^(?=\d)/, 'F');
            return doDeed(
              incident.id,
              { kind: 'finish-follow-up', id },
              `${id} is done`,
              asking,
              tools,
            );
          }
          const due = given.due === undefined ? null : tools.now() + given.due;
          const followUp = { text: rest.join(' '), owner: given.owner ?? null, due };
          const deed = { kind: 'add-follow-up', followUp } as const;
          return doDeed(incident.id, deed, 'It is on the list', asking, tools);
        },
      );
    },
  },
];
