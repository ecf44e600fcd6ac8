import { z } from 'zod';
import { type Service, targetsOf } from '../core/catalogue.ts';
import { defineQuery } from '../core/query.ts';
import type { Fact, Part } from '../core/report.ts';
import { claimedParts } from './claimed.ts';

/** Runbook 004, "Service Inventory": what on-call operates, and whose it is. */
export const services = defineQuery({
  name: 'services',
  summary: 'Lists what on-call operates: environments, other names, owners and runbook.',
  examples: ['services'],
  aliases: ['catalogue', 'inventory'],
  risk: 'read',
  aim: 'none',
  runbook: '004 Service Inventory',
  params: z.strictObject({}),

  async run(_params, _target, { catalogue, claims }) {
    const claimed = await claimedParts(claims ? { claims } : {}, targetsOf(catalogue));
    return {
      title: 'Services',
      parts: [partOf(catalogue.services), ...claimed],
      next: [{ label: 'Status', command: 'status' }],
    };
  },
});

const partOf = (services: readonly Service[]): Part =>
  services.length === 0
    ? { kind: 'text', text: 'The catalogue names no service yet.' }
    : { kind: 'facts', facts: services.map(factOf) };

function factOf({ name, title, runbook, owners, aliases, environments }: Service): Fact {
  const named = environments.flatMap(({ dependencies = [] }) =>
    dependencies.map((one) => one.name),
  );
  const dependencies = [...new Set(named)];
  const told = [
    title,
    `in ${environments.map((environment) => environment.name).join(', ')}`,
    ...(dependencies.length > 0 ? [`depends on ${dependencies.join(', ')}`] : []),
    ...(aliases.length > 0 ? [`also ${aliases.join(', ')}`] : []),
    ...(owners.length > 0 ? [`owned by ${owners.join(', ')}`] : []),
    `runbook ${runbook}`,
  ];
  return { name, value: told.join(' · ') };
}
