import type { Run } from '../../core/run.ts';
import { type LeftBehindFinding, leftBehindMessage } from '../../views/runs/left-behind.ts';
import { readHandle } from '../../views/runs/run-handle.ts';
import type { Answer, Asked, LeftOver } from '../desk.ts';
import type { DeskTools } from '../desk-tools.ts';
import type { Parsed } from '../grammar/parse.ts';
import { leading } from '../grammar/verb.ts';
import { write } from '../grammar/write.ts';
import { leftBehindIncident } from '../incidents/left-behind-incident.ts';
import { redactAll } from '../redact-all.ts';
import type { Registry } from '../registry.ts';
import { typedIn } from '../typed.ts';
import { type RunDeed, runAskedIn } from './run-asked.ts';
import type { RunTools } from './run-tools.ts';

/** Older than this nobody is offered to do it now, in milliseconds. */
const old = 15 * 60_000;

/** Tells who asked what became of it: looks, and does nothing itself. */
export async function tellLeftBehind(
  { asked, key, receivedAt, age, whole }: LeftOver,
  answer: Pick<Answer, 'say'>,
  registry: Registry,
  tools: DeskTools,
): Promise<void> {
  const typed = typedIn(asked);
  const parsed = typed?.ok ? typed.value : null;
  const { incidentTools: incidents } = tools;
  const left = { asked, key, receivedAt };
  const found =
    (incidents && (await leftBehindIncident(left, parsed, registry, incidents))) ??
    (await findingOf(asked, key, parsed, registry, tools.running));
  const command = parsed && write(parsed);
  const again = whole && age < old;
  const page = { receivedAt, command, again, found };
  await answer.say(leftBehindMessage(redactAll(page, tools.redact)));
}

async function findingOf(
  asked: Asked,
  key: string,
  parsed: Parsed | null,
  registry: Registry,
  running: RunTools | undefined,
): Promise<LeftBehindFinding> {
  if (!running) return { kind: 'unknown' };
  const word = wordTo(asked, parsed);
  if (word && word.deed !== 'again') return countedOrNot(word, asked, running);
  const command = parsed && registry.find(leading(parsed.items))?.command;
  if (!word && !command?.ask) return { kind: 'unknown' };
  const run = await running.runs.findByOrigin(key);
  return run ? { kind: 'run', run } : { kind: 'nothing' };
}

interface Word {
  run: string;
  deed: RunDeed;
}

/** What somebody said to a run, by its button, its form or by typing. */
function wordTo(asked: Asked, parsed: Parsed | null): Word | null {
  const clicked = runAskedIn(asked);
  const handle = clicked && readHandle(clicked.carried);
  if (clicked && handle) return { run: handle.run, deed: clicked.deed };
  const [verb, id] = parsed?.items ?? [];
  if (verb?.kind !== 'word' || id?.kind !== 'word') return null;
  const deed = deeds.get(verb.text.toLowerCase());
  return deed === undefined ? null : { run: readHandle(id.text)?.run ?? id.text, deed };
}

const deeds: ReadonlyMap<string, RunDeed> = new Map([
  ['approve', 'approve'],
  ['confirm', 'confirm'],
  ['deny', 'deny'],
  ['reject', 'deny'],
  ['cancel', 'cancel'],
]);

async function countedOrNot(
  { run: id, deed }: Word,
  { asker }: Asked,
  { runs }: RunTools,
): Promise<LeftBehindFinding> {
  const run = await runs.find(id);
  if (!run) return { kind: 'unknown' };
  return { kind: counts(run, deed, asker.id) ? 'counted' : 'not-counted', run };
}

const counts = ({ votes, state }: Run, deed: RunDeed, person: string): boolean =>
  deed === 'cancel'
    ? state === 'cancelled'
    : votes.some((vote) => vote.person === person && vote.kind === deed);
