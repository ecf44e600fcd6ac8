import { median, short } from './figures.ts';

/** One line of the bench: what was compared, what came out, and what it should be. */
export interface Goal {
  name: string;
  ours: string;
  rival: string;
  /** The figure that is judged: a ratio, or a count. */
  result: number;
  /** `≤ 1.05` or `≥ 30`. */
  target: { at: 'most' | 'least'; value: number };
}

/** Ratios of figures that were measured in turn: the first against the first, and so on. */
export const ratios = (ours: readonly number[], rival: readonly number[]): number[] =>
  ours.map((figure, index) => figure / (rival[index] ?? Number.NaN));

/** The median of the ratios, pair by pair, so that a machine whose speed drifts does not matter. */
export const ratio = (ours: readonly number[], rival: readonly number[]): number =>
  median(ratios(ours, rival));

/** Whether the goal is met. */
export const met = ({ result, target }: Goal): boolean =>
  target.at === 'most' ? result <= target.value : result >= target.value;

/** The goals as a table. */
export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => [
    met(goal) ? 'ok' : 'MISSED',
    goal.name,
    goal.ours,
    goal.rival,
    `${short(goal.result)} (${goal.target.at === 'most' ? '≤' : '≥'} ${goal.target.value})`,
  ]);
  const all = [['', 'goal', 'ours', 'against', 'result'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
