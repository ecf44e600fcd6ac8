import { formatDuration } from '../../core/duration.ts';
import { isOver, type Run, type StepRecord } from '../../core/run.ts';
import { ago } from '../text/moment.ts';
import { prose } from '../text/prose.ts';
import { onceForAll, placingIn } from './by-service.ts';
import { cut } from './run-plan.ts';

/** One thing that has to happen before a run has succeeded, how far it is, and on which services of several. */
interface Phase {
  mark: '✓' | '▶' | '✗' | '?' | '○';
  text: string;
  services: readonly string[];
}

/** The phases with their marks, a bar of text, and how long it takes so far; nothing before it begins. */
export function progressLines(run: Run): string[] {
  if (!hasBegun(run)) return [];
  const phases = phasesOf(run);
  return [`${bar(phases)}  ${elapsed(run)}`, ...cut(phaseLines(run, phases))];
}

/** Whether anybody has begun to do it. */
const hasBegun = ({ state, steps }: Run): boolean =>
  steps.length > 0 || ['claimed', 'executing', 'verifying'].includes(state);

function phaseLines({ plan }: Run, phases: readonly Phase[]): string[] {
  const placed = phases.map(({ mark, text, services }) => ({ line: `${mark} ${text}`, services }));
  return plan === null ? placed.map(({ line }) => line) : onceForAll(placed, plan);
}

function phasesOf(run: Run): Phase[] {
  const { plan, state, steps } = run;
  const at = plan === null ? null : placingIn(plan);
  const back = steps.find(({ id }) => !plan?.steps.some((step) => step.id === id));
  return [
    phase(state === 'claimed' ? '▶' : '✓', 'Check that the plan still holds'),
    ...(plan?.steps ?? []).map(({ id, does }) => {
      const { services = [], rest = does } = at?.(does) ?? {};
      return { ...stepPhase(rest, recordOf(run, id), run), services };
    }),
    phase(verdictMark(run), 'Prove that it works'),
    ...(back ? [stepPhase('Take back what was done', back, run)] : []),
  ];
}

const phase = (mark: Phase['mark'], text: string): Phase => ({ mark, text, services: [] });

const recordOf = ({ steps }: Run, id: string): StepRecord | undefined =>
  steps.find((step) => step.id === id);

function stepPhase(does: string, record: StepRecord | undefined, { state }: Run): Phase {
  const text = prose(does, 120);
  if (!record) return phase('○', text);
  const { outcome } = record;
  if (outcome === null) {
    return isOver(state)
      ? phase('?', `${text} – nobody knows whether it happened`)
      : phase('▶', text);
  }
  switch (outcome.kind) {
    case 'done':
      return phase('✓', `${text} – ${prose(outcome.seen, 100)}`);
    case 'failed':
      return phase('✗', `${text} – ${prose(outcome.why, 100)}`);
    case 'unknown':
      return phase('?', `${text} – ${prose(outcome.why, 100)}`);
  }
}

function verdictMark({ verdict, state }: Run): Phase['mark'] {
  if (verdict !== null) return verdict.ok ? '✓' : '✗';
  return state === 'verifying' ? '▶' : '○';
}

const cells = 10;

function bar(phases: readonly Phase[]): string {
  const done = phases.filter(({ mark }) => mark === '✓').length;
  const full = Math.floor((done / phases.length) * cells);
  return `${'▓'.repeat(full)}${'░'.repeat(cells - full)} ${done} of ${phases.length}`;
}

/** When the first thing was done, as long as it goes on: a time that moves while nothing is sent. */
function elapsed({ steps, state, changedAt }: Run): string {
  const [first] = steps;
  if (!first) return '';
  if (!isOver(state)) return `begun ${ago(first.intentAt)}`;
  return `took ${formatDuration(Math.max(0, changedAt - first.intentAt))}`;
}
