import type { Probe, Reading } from '../../core/capabilities.ts';
import type { Place } from './place.ts';
import { type Survey, survey } from './survey.ts';

/** Whether as many copies are ready as are wanted, and what is wrong with the others. */
export const copiesProbe = (place: Place): Probe => ({
  name: 'copies',
  run: async (signal) => judge(await survey(place, signal)),
});

function judge({ wanted, copies }: Survey): Reading {
  const ready = copies.filter((copy) => copy.ready).length;
  const releases = [...new Set(copies.flatMap(({ release }) => release ?? []))].sort();
  const troubles = copies.flatMap(({ id, trouble }) =>
    trouble === null ? [] : `${id} ${trouble}`,
  );
  const detail = [
    `${ready} of ${wanted} ready`,
    ...(releases.length > 0 ? [`release ${releases.join(' and ')}`] : []),
    ...troubles,
  ].join(', ');
  if (ready === 0) return { health: 'down', detail };
  return { health: troubles.length === 0 ? 'up' : 'degraded', detail };
}
