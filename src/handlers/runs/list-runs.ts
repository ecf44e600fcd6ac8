import { formatDuration } from '../../core/duration.ts';
import type { Person } from '../../core/person.ts';
import type { Fact, Next, Report } from '../../core/report.ts';
import { isOver, type Run, runStates } from '../../core/run.ts';
import { everyService } from '../../core/target.ts';
import { plainSign } from '../../views/runs/kill-switch.ts';
import { stateWords, titleOf } from '../../views/runs/run-words.ts';
import type { Setting } from '../grammar/setting.ts';
import { mayReadWords, withoutWords } from '../incidents/withhold-run.ts';
import { readOrSay } from '../read-or-say.ts';
import { usable } from '../usable.ts';
import { claimFact, lockFact } from './claim-report.ts';
import { readStop } from './read-stop.ts';
import type { RunTools } from './run-tools.ts';

/** Where a run can be before its end. */
const open = runStates.filter((state) => !isOver(state));
/** How many ended runs are listed, and how far back in the audit they are looked for, in pages of records. */
const latest = { shown: 10, records: 200, pages: 10 };

/** The runs that are open, and the latest that ended. The audit is about others too: `system:…`, `person:…`. */
export async function listRuns(
  tools: Pick<
    RunTools,
    'runs' | 'runner' | 'audit' | 'killSwitch' | 'claims' | 'locks' | 'incidents'
  >,
  { now, person }: { now: number; person: Person },
): Promise<Report> {
  const { runs, runner, audit, killSwitch } = tools;
  const [stop, all] = await Promise.all([
    readStop({ killSwitch }),
    readOrSay(() => runs.inStates(open)),
  ]);
  const going = await readable(all, person, tools);
  const others = await endedIds({ audit }, new Set(going.map(({ id }) => id)));
  const found = await Promise.all(others.map((id) => readOrSay(() => runner.find(id))));
  const over = await readable(
    found.filter((run) => run !== null),
    person,
    tools,
  );
  const held = await heldParts(going, tools);
  return {
    title: 'Runs',
    parts: [
      ...(stop ? [{ kind: 'text', text: plainSign(stop) } as const] : []),
      ...listed('Open', 'Nothing is open.', going.toReversed(), now),
      ...held,
      ...listed('The latest that ended', 'None has ended yet.', over, now),
    ],
    next: [...going.toReversed(), ...over].slice(0, 8).map(toRun),
  };
}

/** The runs as that person may read them. */
const readable = (
  runs: readonly Run[],
  person: Person,
  { incidents }: Pick<RunTools, 'incidents'>,
) =>
  Promise.all(
    runs.map(async (run) =>
      (await mayReadWords(run, person, incidents)) ? run : withoutWords(run),
    ),
  );

/** The runs that were written about last and are not open, as many as are shown. */
async function endedIds(
  { audit }: Pick<RunTools, 'audit'>,
  known: ReadonlySet<string>,
): Promise<string[]> {
  const ids = new Set<string>();
  let beforeId: number | undefined;
  for (let page = 0; page < latest.pages && ids.size < latest.shown; page += 1) {
    const query = { limit: latest.records, ...(beforeId && { beforeId }) };
    const records = await readOrSay(() => audit.find(query));
    for (const { subject } of records) {
      if (!known.has(subject) && !subject.includes(':')) ids.add(subject);
    }
    beforeId = records.at(-1)?.id;
    if (records.length < latest.records) break;
  }
  return [...ids].slice(0, latest.shown);
}

/** Who has claimed what, and which runs work on what. */
async function heldParts(
  going: readonly Run[],
  { claims, locks }: Pick<RunTools, 'claims' | 'locks'>,
): Promise<Report['parts']> {
  const envs = [...new Set(going.map(({ target }) => target.env))];
  const [claimed, ...holders] = await readOrSay(() =>
    Promise.all([claims.all(), ...envs.map((env) => locks.holders(`${everyService}@${env}`))]),
  );
  const facts = [
    ...claimed.map(claimFact),
    ...holders.flat().map((one) => lockFact(one, going.find(({ id }) => id === one.owner) ?? null)),
  ];
  if (facts.length === 0) return [];
  return [
    { kind: 'text', text: 'Kept from others:' },
    { kind: 'facts', facts: facts.slice(0, 50) },
  ];
}

const listed = (title: string, none: string, runs: readonly Run[], now: number): Report['parts'] =>
  runs.length === 0
    ? [{ kind: 'text', text: none }]
    : [
        { kind: 'text', text: `${title}:` },
        { kind: 'facts', facts: runs.slice(0, 50).map((run) => lineOf(run, now)) },
      ];

/** One run in one line: how it is, whose it is, how old that is. */
const lineOf = (run: Run, now: number): Fact => ({
  name: `${run.id} ${titleOf(run)}`,
  value: `${stateText(run)}, ${formatDuration(Math.max(0, now - run.changedAt))} ago; ${run.state === 'approved' && run.why ? `it waits: ${run.why}` : run.reason}`,
});

const stateText = ({ state }: Run): string => stateWords[state].replace(/^:\w+: /, '');

/** A button that shows all about a run. Its label does not read as if it did what the run is about. */
const toRun = ({ id }: Run): Next => ({ label: `Details of ${id}`, command: `run ${id}` });

/** What can be planned, for somebody who asked for a plan of something else. */
export function plannable({ registry, rights }: Setting): Report {
  const names = usable(registry, rights).flatMap(({ ask, name }) => (ask ? [name] : []));
  const text =
    names.length === 0
      ? 'There is nothing that you may change, so there is nothing to plan.'
      : `Type plan and one of these with its target: ${names.join(', ')}. Nothing is done by it.`;
  return { title: 'Plan', parts: [{ kind: 'text', text }], next: [] };
}
