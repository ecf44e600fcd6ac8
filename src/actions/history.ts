import { z } from 'zod';
import type { Release } from '../core/capabilities.ts';
import { TargetError } from '../core/errors.ts';
import { defineQuery } from '../core/query.ts';
import type { Part } from '../core/report.ts';
import { targetName } from '../core/target.ts';
import { candidateOf, releaseFact, verdict } from './history/releases.ts';
import { nextFor } from './next.ts';
import { offered } from './offered.ts';

/** How long listing may take, in milliseconds. */
const patience = 10_000;

/** Runbook 002, "Check recent deployments": what runs, and what could be gone back to. */
export const history = defineQuery({
  name: 'history',
  summary: 'Lists the releases of a service: which one runs, and which one to go back to.',
  examples: ['history rust-auth@prod', 'history rms-auth@prod --count 50'],
  aliases: ['releases', 'versions'],
  risk: 'read',
  aim: 'one',
  runbook: '002 High Error Rate',
  params: z.strictObject({
    count: z.int().min(1).max(50).default(10).describe('At most so many releases, the newest.'),
  }),

  async run({ count }, target, { targets, clock }) {
    if (!target) throw new TargetError('history needs a target', { retryable: false });
    const releases = await offered(targets, target, 'releases', patience, (offer, signal) =>
      offer.history(signal),
    );
    return {
      title: `Releases of ${targetName(target)}`,
      parts: releases ? partsOf(releases, count, clock.now()) : [unknown],
      next: nextFor(target, 'history'),
    };
  },
});

const unknown: Part = { kind: 'text', text: 'No driver of this service knows its releases.' };

function partsOf(releases: readonly Release[], count: number, now: number): Part[] {
  const candidate = candidateOf(releases);
  const shown = releases.slice(0, count);
  const hidden = releases.length - shown.length;
  return [
    { kind: 'text', text: verdict(releases, candidate) },
    {
      kind: 'facts',
      facts: shown.map((release) => releaseFact(release, releases, candidate, now)),
    },
    ...(hidden > 0 ? [{ kind: 'text', text: `And ${hidden} older ones.` } as const] : []),
  ];
}
