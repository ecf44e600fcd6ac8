import type { On } from '../../core/action.ts';
import type { Capabilities, Capability } from '../../core/capabilities.ts';

/** Where evidence comes from, the most volatile first: what is gone soonest is read first (RFC 3227). */
export const evidenceSources = ['sessions', 'instances', 'denyList', 'logs'] as const;

/** One of {@link evidenceSources}. */
export type EvidenceSource = (typeof evidenceSources)[number];

/** What each is called. */
export const sourceNames: Readonly<Record<EvidenceSource, string>> = {
  sessions: 'sessions',
  instances: 'running copies',
  denyList: 'deny list',
  logs: 'log',
};

/** How far back the log is kept, in milliseconds, and at most how many lines. */
const log = { reach: 86_400_000, lines: 2_000 };

type Read<C extends Capability> = (
  offer: Capabilities[C],
  now: number,
  signal: AbortSignal,
) => Promise<unknown>;

const readers: { [S in EvidenceSource]: Read<S> } = {
  sessions: async (sessions, _now, signal) => ({ count: await sessions.count(null, signal) }),
  instances: async (instances, _now, signal) => instances.instances(signal),
  denyList: async (denyList, _now, signal) => denyList.entries(signal),
  logs: (logs, now, signal) =>
    logs.read({ since: now - log.reach, grep: null, limit: log.lines }, signal),
};

/** What one source says now; undefined when the target has no such source. */
export function readSource(
  source: EvidenceSource,
  { maybe, clock }: Pick<On, 'maybe' | 'clock'>,
  signal: AbortSignal,
): Promise<unknown> | undefined {
  const read = <S extends EvidenceSource>(name: S) => {
    const offer = maybe[name] as Capabilities[S] | undefined;
    return offer && readers[name](offer, clock.now(), signal);
  };
  return read(source);
}
