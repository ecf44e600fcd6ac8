import type { Instance } from '../../core/capabilities.ts';
import { formatDuration } from '../../core/duration.ts';
import { messageOf } from '../../core/errors.ts';
import type { Part, Report, StateRow } from '../../core/report.ts';
import type { Sighting } from '../../core/sighting.ts';
import { type Target, targetName } from '../../core/target.ts';
import { nextFor } from '../next.ts';
import { offered } from '../offered.ts';
import { declaring } from './declaring.ts';
import { type Looking, lookAt } from './look.ts';

/** One target in depth: a row for each check, then its running copies. */
export async function portrait(target: Target, looking: Looking): Promise<Report> {
  const [sightings, copies] = await Promise.all([
    lookAt(target, looking),
    copiesOf(target, looking),
  ]);
  const checks: Part =
    sightings.length === 0
      ? { kind: 'text', text: 'It has no checks.' }
      : { kind: 'states', rows: sightings.map(checkRow) };
  return {
    title: `Status of ${targetName(target)}`,
    parts: [checks, ...copies],
    next: [
      ...declaring(sightings.some(({ health }) => health === 'down') ? [target] : []),
      ...nextFor(target, 'status'),
    ],
  };
}

const checkRow = ({ probe, health, detail, at }: Sighting): StateRow => ({
  health,
  name: probe,
  detail,
  at,
});

/** Nothing when no driver knows of copies; a sentence when they could not be listed. */
async function copiesOf(
  target: Target,
  { targets, clock, deadline }: Looking,
): Promise<readonly Part[]> {
  try {
    const copies = await offered(targets, target, 'instances', deadline, (offer, signal) =>
      offer.instances(signal),
    );
    if (copies === null) return [];
    if (copies.length === 0) return [{ kind: 'text', text: 'No copy of it is running.' }];
    const now = clock.now();
    return [{ kind: 'states', rows: copies.map((copy) => copyRow(copy, now)) }];
  } catch (error) {
    return [{ kind: 'text', text: `Its running copies are not known: ${messageOf(error)}.` }];
  }
}

function copyRow({ id, health, startedAt, release }: Instance, now: number): StateRow {
  const uptime = startedAt === null ? 'not running' : `up for ${formatDuration(now - startedAt)}`;
  const detail = release === null ? uptime : `${uptime}, release ${release}`;
  return { health, name: id, detail, at: now };
}
