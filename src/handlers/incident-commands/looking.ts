import type { z } from 'zod';
import { incidentCard } from '../../views/incident-card.ts';
import { ladderBlocks } from '../../views/incident-ladder.ts';
import { incidentList } from '../../views/incident-picker.ts';
import { timelineLines, timelineMessage } from '../../views/incident-timeline.ts';
import type { Command } from '../command.ts';
import { type CommandTools, looking, withIncident } from '../incident-command.ts';
import { listDeclared, showDeclared, timelineDeclared } from '../incident-declared.ts';
import { isOpenTo, maySeeIncident, seenBy } from '../may-see-incident.ts';
import { openStates } from '../open-states.ts';
import { readOrSay } from '../read-or-say.ts';

/** What only looks. */
export const lookingCommands = (tools: CommandTools): Command[] => [
  list(tools),
  show(tools),
  timeline(tools),
];

const list = (tools: CommandTools): Command => ({
  ...listDeclared,
  ...looking,
  async perform({ params }, { show: say, person }) {
    const { all, service } = params as z.output<typeof listDeclared.params>;
    const states = all ? {} : { states: openStates };
    const query = { ...states, ...(service !== undefined && { service }), limit: 20 };
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
        Promise.all([tools.matter(meant), tools.reach(meant.rules)]),
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

/** So many lines stand in a message; all of them are in the file. */
const inMessage = 15;
const inFile = 2_000;

const timeline = (tools: CommandTools): Command => ({
  ...timelineDeclared,
  ...looking,
  async perform(invocation, asking) {
    const { words, incident, all } = invocation.params as z.output<typeof timelineDeclared.params>;
    await withIncident(words[0] ?? incident, invocation, asking, tools, async (meant) => {
      if (!(await maySeeIncident(meant, asking))) return;
      const limit = all ? inFile : inMessage;
      const records = await readOrSay(() => tools.audit.find({ subject: meant.id, limit }));
      const { page } = await readOrSay(() => tools.matter(meant));
      const found = { id: meant.id, records, all: meant.version, page };
      if (!all) return asking.show(timelineMessage, found);
      const lines = timelineLines(records);
      const whole = { total: lines.length, complete: records.length < inFile };
      const part = { kind: 'log', name: `${meant.id}-timeline`, lines, ...whole } as const;
      await asking.report({ title: `Timeline of ${meant.id}`, parts: [part], next: [] }, []);
    });
  },
});
