import { formatDuration } from '../../core/duration.ts';
import type { Health } from '../../core/health.ts';
import type { Incident } from '../../core/incident.ts';
import type { Figures } from '../../core/incident-command.ts';
import type { Sample } from '../../core/incidents.ts';
import { isOver, type Run } from '../../core/run.ts';
import { runStateWords } from '../../core/run-state-words.ts';
import { targetName } from '../../core/target.ts';
import { runMoment } from '../run-moments.ts';

/** What figures are made of: everything that was seen and done since the last update. */
export interface Seen {
  incident: Pick<Incident, 'target' | 'times' | 'updates'>;
  /** Oldest first; those since the last update, and the one before it. */
  samples: readonly Sample[];
  /** The runs of the incident, oldest first. */
  runs: readonly Run[];
  now: number;
}

/** The most lines of each kind: more than that nobody reads at three in the morning. */
const mostLines = 6;

/** What an update says by itself. Pure: the same was seen, the same is said. */
export function figuresOf({ incident, samples, runs, now }: Seen): Omit<Figures, 'chart'> {
  const since = incident.updates.last ?? incident.times.declared;
  const latest = samples.at(-1) ?? null;
  return {
    health: healthSentence(incident, latest, now),
    change: changeSentence(samples, since),
    done: runs
      .filter((run) => isOver(run.state) && run.changedAt > since)
      // Of what the channel has not heard when it was turned down, nobody is told later either.
      .filter((run) => runMoment(run) !== null)
      .map(doneLine)
      .slice(-mostLines),
    running: runs
      .filter(({ state }) => !isOver(state))
      .map(runningLine)
      .slice(0, mostLines),
  };
}

const words: Readonly<Record<Health, string>> = {
  up: 'healthy',
  degraded: 'degraded',
  down: 'down',
  unknown: 'not answering its checks',
};

/** Older than this says nothing of now, in milliseconds. */
const stale = 150_000;

function healthSentence({ target }: Seen['incident'], latest: Sample | null, now: number): string {
  if (target === null) return 'No service was named, so that nothing is checked.';
  const name = targetName(target);
  if (latest === null || now - latest.at > stale) return `${name} has not been checked lately.`;
  const bad = latest.checks.filter(({ health }) => health !== 'up');
  const all = latest.checks.length;
  if (bad.length === 0) return `${name} is healthy: ${all} of ${all} checks are good.`;
  const named = bad.slice(0, 4).map(({ name: check, health }) => `${check} ${words[health]}`);
  return `${name} is ${words[latest.health]}: ${bad.length} of ${all} checks fail (${named.join(', ')}).`;
}

function changeSentence(samples: readonly Sample[], since: number): string {
  const before = samples.findLast(({ at }) => at <= since) ?? samples[0];
  const latest = samples.at(-1);
  if (!before || !latest || before === latest) return 'There is nothing to compare it with yet.';
  const share = ({ errorRate }: Sample) => Math.round((errorRate ?? 0) * 100);
  const spread = formatDuration(latest.at - before.at);
  if (before.health === latest.health && share(before) === share(latest)) {
    return `Nothing has changed in ${spread}.`;
  }
  const rates = `${share(before)} % → ${share(latest)} % of checks fail`;
  return before.health === latest.health
    ? `Still ${words[latest.health]}; ${rates} in ${spread}.`
    : `It was ${words[before.health]} ${spread} ago; ${rates}.`;
}

const named = ({ action, target, id }: Run): string => `${action} ${targetName(target)} (${id})`;

const doneLine = (run: Run): string =>
  `${named(run)}: ${runStateWords[run.state]}, asked for by user:${run.requestedBy.id}${run.why === null ? '' : ` – ${run.why}`}`;

const runningLine = (run: Run): string =>
  `${named(run)}: ${runStateWords[run.state]}, asked for by user:${run.requestedBy.id}`;
