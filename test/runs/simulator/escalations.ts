import type { Run } from '../../../src/core/run.ts';
import type { OutboxRequest } from '../../../src/core/transition.ts';
import type { Params, World } from './truth.ts';

/** After how long of the twenty seconds that a request waits somebody is told, in milliseconds. */
export const escalatesAfter = 8_000;

/** Holds what is told of requests that nobody decides against what is true. */
export function escalationsJudge(
  { time }: Pick<World, 'time'>,
  must: (holds: boolean, otherwise: string) => void,
) {
  const told = new Set<string>();
  return {
    changed(run: Run, before: Run, event: string): void {
      if (event !== 'run.escalated') return;
      const { id, waitsUntil, approval, requestedBy, params } = run;
      const now = time.clock.now();
      const due = (waitsUntil ?? 0) - (approval?.waits ?? 0) + escalatesAfter;
      must(!told.has(id), `${id} was told of twice`);
      must(before.state === 'waiting' && run.state === 'waiting', `${id} was told of too late`);
      must(due <= now && now < (waitsUntil ?? 0), `${id} was told of at the wrong time`);
      const { about } = params as unknown as Params;
      const people = run.escalated?.people ?? [];
      const others = people.every((one) => one !== requestedBy.id && !about.includes(one));
      must(others, `${id} was told of to those it is about`);
      told.add(id);
    },
    /** Everybody is told who is named, once, and only with the change that says so. */
    wanted(run: Run, event: string, messages: readonly OutboxRequest[]): void {
      const to = messages.filter(({ kind }) => kind === 'escalation').map((one) => one.to);
      const named = event === 'run.escalated' ? (run.escalated?.people ?? []) : [];
      const right = JSON.stringify(to) === JSON.stringify(named.map((id) => `user:${id}`));
      must(right, `${run.id} was told of to somebody else than is written down`);
    },
  };
}
