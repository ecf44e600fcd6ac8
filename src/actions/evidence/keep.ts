import { z } from 'zod';
import type { On, StepOutcome } from '../../core/action.ts';
import type { EvidenceFile, Kept } from '../../core/capabilities.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import type { Step } from '../../core/plan.ts';
import { targetName } from '../../core/target.ts';
import type { Check } from '../user/checks.ts';
import { type EvidenceSource, evidenceSources, readSource, sourceNames } from './sources.ts';

/** How long each source gets, and the whole step, in milliseconds. */
const times = { source: 8_000, step: 45_000 };

const stepArgs = z.object({ kind: z.literal('keep-evidence') });

/** Whether a step is the one that keeps evidence. */
export const isKeepStep = ({ args }: Step): boolean => stepArgs.safeParse(args).success;

/** The step that keeps evidence of the target, from the sources it has. */
export const keepStep = (on: Pick<On, 'target' | 'maybe'>): Step => ({
  id: 'keep-evidence',
  does: `Keep evidence of ${targetName(on.target)}: ${sourcesOf(on).join(', ') || 'only that it was asked for'}`,
  args: { kind: 'keep-evidence' },
  timeout: times.step,
  repeatable: false,
});

const sourcesOf = ({ maybe }: Pick<On, 'maybe'>): string[] =>
  evidenceSources.filter((source) => maybe[source]).map((source) => sourceNames[source]);

/**
 * Collects the evidence, the most volatile first, and puts it away under the name of the run. When nothing
 * could be read there is none, and what it should come before must not be done.
 */
export async function keepEvidence(on: On<'vault'>, signal: AbortSignal): Promise<StepOutcome> {
  const name = nameOf(on);
  const read: Read[] = [];
  for (const source of evidenceSources) read.push(...(await readFrom(source, on, signal)));
  const [first] = read;
  if (first && read.every(({ failed }) => failed !== null)) {
    return { kind: 'failed', why: `nothing of it could be read, such as: ${first.failed}` };
  }
  const files = [requestFile(on), ...read.map(({ file }) => file)];
  const kept = await on.can.vault.keep(name, files, signal);
  return { kind: 'done', seen: keptText(kept) };
}

/** What one source came to. */
interface Read {
  file: EvidenceFile;
  /** Why it could not be read; null when it was. */
  failed: string | null;
}

/** Who asked for it, when and why: the first link of the chain of custody. */
function requestFile({ target, request, clock }: On<'vault'>): EvidenceFile {
  const { run, by, reason } = request;
  const at = new Date(clock.now()).toISOString();
  return jsonFile('request', { target: targetName(target), run, by, reason, at });
}

/** A source that fails is kept as having failed: the others are not lost for it. */
async function readFrom(
  source: EvidenceSource,
  on: On<'vault'>,
  signal: AbortSignal,
): Promise<Read[]> {
  const at = new Date(on.clock.now()).toISOString();
  try {
    const some = AbortSignal.any([signal, AbortSignal.timeout(times.source)]);
    const asked = readSource(source, on, some);
    if (asked === undefined) return [];
    return [{ file: jsonFile(source, { at, seen: await asked }), failed: null }];
  } catch (error) {
    signal.throwIfAborted();
    const failed = messageOf(error);
    return [{ file: jsonFile(source, { at, failed }), failed }];
  }
}

const jsonFile = (name: string, content: object): EvidenceFile => ({
  name: `${name}.json`,
  content: `${JSON.stringify(content, null, 2)}\n`,
});

/** Whether the evidence of this run is kept, and as it was put in. */
export async function evidenceCheck(on: On<'vault'>): Promise<Check> {
  const name = nameOf(on);
  const signal = AbortSignal.timeout(times.source);
  const kept = (await on.can.vault.list(signal)).find((one) => one.name === name);
  if (!kept) return { name: 'evidence', ok: false, seen: `nothing is kept under ${name}` };
  const flaws = await on.can.vault.check(name, signal);
  return { name: 'evidence', ok: flaws.length === 0, seen: flaws.join('; ') || keptText(kept) };
}

/** The name under which a run keeps evidence. */
function nameOf({ request: { run } }: On<'vault'>): string {
  if (run !== null) return run;
  throw new TargetError('only a run keeps evidence', { retryable: false, happened: false });
}

/** What is kept, for people: its name, its hash and how much it is. */
export const keptText = ({ name, sha256, bytes }: Kept): string =>
  `${name}, ${bytes} bytes, SHA-256 ${sha256}`;
