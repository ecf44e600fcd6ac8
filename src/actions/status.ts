import { z } from 'zod';
import { targetsOf } from '../core/catalogue.ts';
import { defineQuery } from '../core/query.ts';
import { claimedParts } from './claimed.ts';
import { deadline } from './deadline.ts';
import { inForce } from './status/in-force.ts';
import { overview } from './status/overview.ts';
import { portrait } from './status/portrait.ts';

/** Runbook 000, "Morning Health Check", and the first look of every incident: how are they all? */
export const status = defineQuery({
  name: 'status',
  summary: 'Shows how every service is, or one of them in depth, checked now.',
  examples: ['status', 'status rust-auth@prod'],
  aliases: ['st', 'state'],
  risk: 'read',
  aim: 'optional',
  runbook: '000 Morning Health Check',
  params: z.strictObject({ deadline }),

  async run({ deadline }, target, tools) {
    const look = { ...tools, deadline };
    const all = target ? [target] : targetsOf(tools.catalogue);
    const [report, limits, claimed] = await Promise.all([
      target ? portrait(target, look) : overview(all, look),
      inForce(all, look),
      claimedParts(tools, all),
    ]);
    return { ...report, parts: [...report.parts, ...limits, ...claimed] };
  },
});
