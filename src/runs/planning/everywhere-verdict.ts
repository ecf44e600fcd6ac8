import type { StepOutcome, Verdict } from '../../core/action.ts';

/** What was seen on one service. */
export interface MemberVerdict {
  service: string;
  seen: Verdict;
}

/**
 * What was seen on all of them together. A service on which there is nothing to do is in nobody's way, unless
 * there is nothing to do on any.
 */
export function mergeVerdicts(members: readonly MemberVerdict[]): Verdict {
  const idle = members.filter(({ seen }) => isIdle(seen));
  const nothingToDo = idle.length === members.length && idle.length > 0;
  const checks = members.flatMap(({ service, seen: verdict }) =>
    verdict.checks.map(({ name, ok, seen }) => ({
      service,
      name,
      ok: ok || (!nothingToDo && isIdle(verdict)),
      seen,
    })),
  );
  const ok = members.every(({ seen }) => seen.ok || (!nothingToDo && isIdle(seen)));
  return { ok, checks: sayOnce(checks, members.length), ...(nothingToDo && { nothingToDo }) };
}

type Check = Verdict['checks'][number];

/** What is wrong on every service, said once; all else with the name of its service. */
function sayOnce(checks: readonly (Check & { service: string })[], all: number): Check[] {
  const named = checks.map(({ service, name, ok, seen }) => {
    const same = checks.filter((one) => one.name === name && one.ok === ok && one.seen === seen);
    const where = !ok && all > 1 && same.length === all ? 'every service' : service;
    return { name: `${where}: ${name}`, ok, seen };
  });
  return named.filter(
    (check, index) =>
      named.findIndex(({ name, seen }) => name === check.name && seen === check.seen) === index,
  );
}

const isIdle = ({ ok, nothingToDo = false }: Verdict): boolean => !ok && nothingToDo;

/** What became of the same thing on several services: as sure as the one of which least is known. */
export function mergeOutcomes(
  members: readonly { service: string; outcome: StepOutcome }[],
): StepOutcome {
  const text = members
    .map(
      ({ service, outcome }) =>
        `${service}: ${outcome.kind === 'done' ? outcome.seen : outcome.why}`,
    )
    .join('; ');
  const kinds = members.map(({ outcome }) => outcome.kind);
  if (kinds.includes('unknown')) return { kind: 'unknown', why: text };
  if (kinds.includes('failed')) return { kind: 'failed', why: text };
  return { kind: 'done', seen: text };
}
