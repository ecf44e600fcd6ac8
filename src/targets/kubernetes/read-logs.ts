import type { LogExcerpt, LogQuery } from '../../core/capabilities.ts';
import { listPods, listReplicaSets, type Place, readDeployment } from './place.ts';
import type { Pod } from './shapes.ts';

/** Lines that are read at most, of all pods together. `kubectl logs -l` would show ten of each. */
const allowed = 20_000;

interface Line {
  /** In milliseconds since 1970. */
  at: number;
  text: string;
}

/** The newest wanted lines of every pod, by the time at which each was written. */
export async function readLogs(
  place: Place,
  { since, grep, limit }: LogQuery,
  signal: AbortSignal,
): Promise<LogExcerpt> {
  signal.throwIfAborted();
  const deployment = await readDeployment(place, signal);
  const sets = await listReplicaSets(place, deployment, signal);
  const pods = (await listPods(place, deployment, sets, signal)).filter(hasLog);
  const each = Math.max(100, Math.floor(allowed / Math.max(1, pods.length)));
  const logs = await Promise.all(pods.map((pod) => readPod(place, pod, { since, each }, signal)));
  const named = logs.map((lines, index) => withName(lines, pods.length > 1 ? pods[index] : null));
  const wanted = grep?.toLowerCase() ?? '';
  const lines = named
    .flat()
    .filter(({ at, text }) => at >= since && text.toLowerCase().includes(wanted))
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text);
  return {
    lines: limit === 0 ? [] : lines.slice(-limit),
    total: lines.length,
    complete: logs.every((read) => read.length < each),
  };
}

/** One that waits for its image has no log, and asking for it is an error. */
const hasLog = ({ status }: Pod): boolean =>
  status.containerStatuses.some(({ state }) => state.running || state.terminated);

async function readPod(
  { ask, namespace, container }: Place,
  { metadata, status }: Pod,
  { since, each }: { since: number; each: number },
  signal: AbortSignal,
): Promise<Line[]> {
  const from =
    since > 0 ? { sinceTime: new Date(Math.floor(since / 1_000) * 1_000).toISOString() } : {};
  const name = container ?? status.containerStatuses[0]?.name;
  const query = {
    timestamps: 'true',
    tailLines: String(each),
    ...from,
    ...(name !== undefined && { container: name }),
  };
  const path = `/api/v1/namespaces/${namespace}/pods/${metadata.name}/log`;
  const text = await ask({ verb: 'get', resource: 'pods/log', path, query }, signal);
  return text.split('\n').flatMap(toLine);
}

/** Kubernetes writes the time before each line: RFC 3339, a space, and what the program said. */
function toLine(line: string): Line[] {
  const space = line.indexOf(' ');
  const at = Date.parse(line.slice(0, space));
  return Number.isNaN(at) ? [] : [{ at, text: line.slice(space + 1) }];
}

const withName = (lines: readonly Line[], pod: Pod | null | undefined): readonly Line[] =>
  pod ? lines.map(({ at, text }) => ({ at, text: `${pod.metadata.name}: ${text}` })) : lines;
