import type { z } from 'zod';
import type { Incident } from '../../../core/incident.ts';
import { incidentCard } from '../../../views/incidents/incident-card.ts';
import { ladderBlocks } from '../../../views/incidents/incident-ladder.ts';
import { incidentList } from '../../../views/incidents/incident-picker.ts';
import { timelineLines, timelineMessage } from '../../../views/incidents/timeline-message.ts';
import type { Asking, Command } from '../../command.ts';
import { readOrSay } from '../../read-or-say.ts';
import { refuseIncident } from '../do-deed.ts';
import { type CommandTools, looking, withIncident } from '../incident-command.ts';
import { listDeclared, showDeclared, timelineDeclared } from '../incident-declared.ts';
import { isOpenTo, maySeeIncident, seenBy } from '../may-see-incident.ts';
import { openStates } from '../open-states.ts';

/** What only looks. */
export const lookingCommands = (tools: CommandTools): Command[] => [
  list(tools),
  show(tools),
  timeline(tools),
];

const mostOpen = 200;

const list = (tools: CommandTools): Command => ({
  ...listDeclared,
  ...looking,
  async perform({ params }, { show: say, person }) {
    const { all, service } = params as z.output<typeof listDeclared.params>;
    const states = all ? {} : { states: openStates };
    const limit = all ? 20 : mostOpen; // of the open ones those that nobody has thought of for long count most
    const query = { ...states, ...(service !== undefined && { service }), limit };
    const found = await readOrSay(() => tools.life.list(query));
    // Which service a restricted one is about is not to be found out by asking for each.
    const told = found.filter((one) => service === undefined || isOpenTo(one, person));
    await say(incidentList, { incidents: told.map((one) => seenBy(one, person)) });
  },
});

const show = (tools: CommandTools): Command => ({
  ...showDeclared,
  ...looking,
  async perform(invocation, asking) {
    const { words, incident } = invocation.params as z.output<typeof showDeclared.params>;
    await withIncident(words[0] ?? incident, invocation, asking, tools, async (meant) => {
      if (!(await maySeeIncident(meant, asking))) return;
      const [matter, reach] = await readOrSay(() =>
        Promise.all([tools.matter(meant, pageFor(meant, asking, tools)), tools.reach(meant.rules)]),
      );
      const page = { one: meant, matter, reach };
      await asking.show((seen) => {
        const card = incidentCard(seen.one, seen.matter);
        return {
          ...card,
          blocks: [...card.blocks, ...ladderBlocks(seen.one, seen.reach)].slice(0, 50),
        };
      }, page);
    });
  },
});

const timeline = (tools: CommandTools): Command => ({
  ...timelineDeclared,
  ...looking,
  async perform(invocation, asking) {
    const { words, incident, all } = invocation.params as z.output<typeof timelineDeclared.params>;
    await withIncident(words[0] ?? incident, invocation, asking, tools, async (meant) => {
      if (!(await maySeeIncident(meant, asking))) return;
      const report = await readOrSay(() => tools.reviews.report(meant.id));
      if (report === null)
        return refuseIncident({ kind: 'no-such-incident', id: meant.id }, asking);
      const page = pageFor(report.incident, asking, tools);
      if (!all) return asking.show(timelineMessage, { report, page });
      const lines = timelineLines(report);
      const whole = { total: lines.length + report.leftOut, complete: report.leftOut === 0 };
      const part = { kind: 'log', name: `${meant.id}-timeline`, lines, ...whole } as const;
      await asking.report({ title: `Timeline of ${meant.id}`, parts: [part], next: [] }, []);
    });
  },
});

/** Where whoever asks can read all of it; null where others would read that as well. */
const pageFor = (
  incident: Incident,
  { person, alone }: Pick<Asking, 'person' | 'alone'>,
  { reviews }: Pick<CommandTools, 'reviews'>,
): string | null => (alone ? reviews.page(incident, person.id) : null);
