import { z } from 'zod';
import type { Probe } from '../core/capabilities.ts';
import type { Clock } from '../core/clock.ts';
import { within } from '../core/deadline.ts';
import { TargetError } from '../core/errors.ts';
import { defineQuery } from '../core/query.ts';
import { type Sighting, sight } from '../core/sighting.ts';
import { targetName } from '../core/target.ts';
import { deadline } from './deadline.ts';
import { seriesRow } from './health/series.ts';
import { nextFor } from './next.ts';

/** Runbook 003, "Health Checks", and 000, "Performance Analysis": the same check several times in a row. */
export const health = defineQuery({
  name: 'health',
  summary: 'Runs every check of a service several times: answer, time and body.',
  examples: ['health rms-auth@prod', 'health identity-platform@prod --count 10'],
  aliases: ['check', 'checks'],
  risk: 'read',
  aim: 'one',
  runbook: '003 Health Checks',
  params: z.strictObject({
    count: z.int().min(1).max(10).default(3).describe('How many times each check is run, 1 to 10.'),
    deadline,
  }),

  async run({ count, deadline }, target, { targets, clock }) {
    if (!target) throw new TargetError('health needs a target', { retryable: false });
    const probes = await within(deadline, () => targets.probes(target));
    const rows = await Promise.all(
      probes.map(async (probe) => seriesRow(await repeat(probe, count, clock, deadline))),
    );
    const name = targetName(target);
    return {
      title: `Health of ${name}`,
      parts: [
        rows.length > 0 ? { kind: 'states', rows } : { kind: 'text', text: 'It has no checks.' },
      ],
      next: nextFor(target, 'health', `health ${name} --count ${count}`),
    };
  },
});

/** One after the other, so that each is a fair measure. A check that did not answer is not asked again. */
async function repeat(
  probe: Probe,
  count: number,
  clock: Clock,
  deadline: number,
): Promise<Sighting[]> {
  const sightings: Sighting[] = [];
  while (sightings.length < count && sightings.every(({ answered }) => answered)) {
    sightings.push(await sight(probe, clock, deadline));
  }
  return sightings;
}
