import type { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { type MayDecide, mayDecide } from '../../permissions/may-decide.ts';
import { auditMessage } from '../../views/audit-page.ts';
import { readHandle } from '../../views/runs/run-handle.ts';
import type { Asking, Command } from '../command.ts';
import { searchAudit } from '../search-audit.ts';
import { canPress, mayAsk } from '../usable.ts';
import { listRuns, plannable } from './list-runs.ts';
import {
  approveDeclared,
  auditDeclared,
  cancelDeclared,
  confirmDeclared,
  denyDeclared,
  planDeclared,
  reviewDeclared,
  runDeclared,
  runsDeclared,
} from './run-declared.ts';
import type { RunTools } from './run-tools.ts';
import { showRun } from './show-run.ts';
import { cancelRun, findRun, refuseRun, reviewRun, vote } from './vote.ts';

/** What the commands about runs need. */
export type RunCommandTools = RunTools & { clock: Pick<Clock, 'now'> };

/** The commands about runs: they go the same way as the buttons do. */
export const runCommands = (tools: RunCommandTools): Command[] => [
  ...readingCommands(tools),
  ...decidingCommands(tools),
];

const reading = { group: 'Runs', changes: false };
const deciding = { group: 'Runs', changes: true };

function readingCommands(tools: RunCommandTools): Command[] {
  const { clock } = tools;
  return [
    {
      ...runsDeclared,
      ...reading,
      async perform({ filters }, { report, setting, person }) {
        const found = await listRuns(tools, { now: clock.now(), person });
        const next = found.next.filter((one) => canPress(one, setting));
        await report({ ...found, next }, filters);
      },
    },
    {
      ...runDeclared,
      ...reading,
      perform: ({ params }, asking) => showRun(runIn(params).run, asking, tools),
    },
    {
      ...planDeclared,
      ...reading,
      forWhom: mayAsk,
      // With a command that can be planned it never gets here.
      perform: (_invocation, { setting, report }) => report(plannable(setting), []),
    },
    {
      ...auditDeclared,
      ...reading,
      async perform({ params, filters }, { person, show, catalogue }) {
        const wanted = params as z.output<typeof auditDeclared.params>;
        const where = { ...tools, now: clock.now(), person, catalogue };
        await show(auditMessage, await searchAudit(wanted, filters, where));
      },
    },
  ];
}

function decidingCommands(tools: RunTools): Command[] {
  const whoMay =
    (what: keyof MayDecide): NonNullable<Command['forWhom']> =>
    ({ rights }) =>
      mayDecide(tools.approvalPolicy, rights)[what];
  return [
    {
      ...approveDeclared,
      ...deciding,
      forWhom: whoMay('approve'),
      perform: ({ params }, asking) => decide('approve', params, asking, tools),
    },
    {
      ...confirmDeclared,
      ...deciding,
      forWhom: mayAsk,
      perform: ({ params }, asking) => decide('confirm', params, asking, tools),
    },
    {
      ...denyDeclared,
      ...deciding,
      forWhom: whoMay('deny'),
      perform: ({ params }, asking) => decide('deny', params, asking, tools),
    },
    {
      ...cancelDeclared,
      ...deciding,
      forWhom: mayAsk,
      async perform({ params }, asking) {
        const found = await findRun(runIn(params), asking, tools);
        await (found.ok
          ? cancelRun(found.value.run.id, asking, tools)
          : refuseRun(found.error, asking));
      },
    },
    {
      ...reviewDeclared,
      ...deciding,
      forWhom: whoMay('review'),
      perform: ({ params }, asking) => reviewRun((params as Typed).words, asking, tools),
    },
  ];
}

/** Says yes or no by typing. A run has one plan for ever, so that its id says which one is meant. */
async function decide(
  kind: 'approve' | 'confirm' | 'deny',
  params: unknown,
  asking: Asking,
  tools: RunTools,
): Promise<void> {
  const { words, note, target, code = null } = params as Typed;
  const found = await findRun(runIn(params), asking, tools);
  if (!found.ok) return refuseRun(found.error, asking);
  const remark = kind === 'deny' ? words.slice(1).join(' ') : (note ?? null);
  const ballot = { ...found.value.handle, kind, note: remark, typedTarget: target ?? null, code };
  await vote(ballot, asking, tools);
}

interface Typed {
  words: readonly string[];
  note?: string | undefined;
  target?: string | undefined;
  code?: string | undefined;
}

/** The run that was typed: its id, or that and the code of the plan, as buttons carry it. */
function runIn(params: unknown): { run: string; planHash: string | null } {
  const [text = ''] = (params as Typed).words;
  return readHandle(text) ?? { run: text, planHash: null };
}
