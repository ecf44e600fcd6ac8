import type { Fact, Part } from '../../core/report.ts';
import { type Target, targetName } from '../../core/target.ts';
import { offered } from '../offered.ts';
import type { Looking } from './look.ts';

/**
 * What keeps people out although every check is well: a maintenance page, a tightened rate limit. Nothing of a
 * target that does not say: its checks tell that it does not answer.
 */
export async function inForce(targets: readonly Target[], looking: Looking): Promise<Part[]> {
  const found = await Promise.all(targets.map((target) => factsOf(target, looking)));
  const facts = found.flat();
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }];
}

async function factsOf(target: Target, looking: Looking): Promise<Fact[]> {
  const said = await Promise.all([maintenanceOf(target, looking), limitOf(target, looking)]);
  return said.flatMap((value) => (value === null ? [] : [{ name: targetName(target), value }]));
}

async function maintenanceOf(
  target: Target,
  { targets, deadline }: Looking,
): Promise<string | null> {
  const state = await offered(targets, target, 'maintenance', deadline, (offer, signal) =>
    offer.read(signal),
  ).catch(() => null);
  return state?.on ? `in maintenance ${untilText(state.until)}: nobody can sign in` : null;
}

async function limitOf(target: Target, { targets, deadline }: Looking): Promise<string | null> {
  const limit = await offered(targets, target, 'rateLimit', deadline, async (offer, signal) => ({
    ...(await offer.read(signal)),
    usual: offer.presets()[0],
  })).catch(() => null);
  if (limit === null || limit.preset === limit.usual) return null;
  const most = `at most ${limit.perMinute} requests a minute from one address`;
  return `rate limit ${limit.preset} ${untilText(limit.until)}, ${most}`;
}

const untilText = (until: number | null): string =>
  until === null ? 'without an end' : `until ${new Date(until).toISOString()}`;
