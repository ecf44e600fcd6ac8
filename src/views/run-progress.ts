import { formatDuration } from '../core/duration.ts';
import { isOver, type Run, type StepRecord } from '../core/run.ts';
import { prose } from './code.ts';
import { cut } from './run-plan.ts';

/** One thing that has to happen before a run has succeeded, and how far it is. */
interface Phase {
  mark: '✓' | '▶' | '✗' | '?' | '○';
  text: string;
}

/** The phases with their marks, a bar of text, and how long it takes so far; nothing before it begins. */
export function progressLines(run: Run, now: number): string[] {
  if (!hasBegun(run)) return [];
  const phases = phasesOf(run);
  return [
    `${bar(phases)}  ${elapsed(run, now)}`,
    ...cut(phases.map(({ mark, text }) => `${mark} ${text}`)),
  ];
}

/** Whether anybody has begun to do it. */
const hasBegun = ({ state, steps }: Run): boolean =>
  steps.length > 0 || ['claimed', 'executing', 'verifying'].includes(state);

function phasesOf(run: Run): Phase[] {
  const steps = run.plan?.steps ?? [];
  return [
    { mark: run.state === 'claimed' ? '▶' : '✓', text: 'Look at it once more' },
    ...steps.map(({ id, does }) => stepPhase(does, recordOf(run, id), run)),
    { mark: verdictMark(run), text: 'Prove that it works' },
  ];
}

const recordOf = ({ steps }: Run, id: string): StepRecord | undefined =>
  steps.find((step) => step.id === id);

function stepPhase(does: string, record: StepRecord | undefined, { state }: Run): Phase {
  const text = prose(does, 120);
  if (!record) return { mark: '○', text };
  const { outcome } = record;
  if (outcome === null) {
    return isOver(state)
      ? { mark: '?', text: `${text} – nobody knows whether it happened` }
      : { mark: '▶', text };
  }
  switch (outcome.kind) {
    case 'done':
      return { mark: '✓', text: `${text} – ${prose(outcome.seen, 100)}` };
    case 'failed':
      return { mark: '✗', text: `${text} – ${prose(outcome.why, 100)}` };
    case 'unknown':
      return { mark: '?', text: `${text} – ${prose(outcome.why, 100)}` };
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

/** From the first thing that was done until the last change, or until now. */
function elapsed({ steps, state, changedAt }: Run, now: number): string {
  const [first] = steps;
  if (!first) return '';
  const until = isOver(state) ? changedAt : now;
  return `${isOver(state) ? 'took' : 'for'} ${formatDuration(Math.max(0, until - first.intentAt))}`;
}
