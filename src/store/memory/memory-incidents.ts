import type { Clock } from '../../core/clock.ts';
import { GivenUpError } from '../../core/errors.ts';
import { type Incident, isOpen } from '../../core/incident.ts';
import type { Incidents, Unless } from '../../core/incidents.ts';
import { targetName } from '../../core/target.ts';
import { aboutIncident } from '../audit/audit-body.ts';
import { StoreError } from '../database/errors.ts';
import { asStored } from '../database/stored-json.ts';
import { createListeners } from '../incident/listeners.ts';
import { type MemoryIncident, memoryIncidentLists } from './memory-incident-lists.ts';
import type { MemoryIntake } from './memory-intake.ts';
import type { MemoryLog } from './memory-log.ts';
import type { MemoryOutbox } from './memory-outbox.ts';

/** What a change of an incident in memory reaches besides it. */
export interface MemoryIncidentsParts {
  clock: Pick<Clock, 'now'>;
  log: MemoryLog;
  outbox: Pick<MemoryOutbox, 'raiseIncident' | 'refreshIncident'>;
  intake: Pick<MemoryIntake, 'isGivenUp'>;
}

/** Incidents for as long as the process lives. A change has no await between its beginning and its end. */
export function memoryIncidents({ clock, log, outbox, intake }: MemoryIncidentsParts): Incidents {
  const rows = new Map<string, MemoryIncident>();
  const listeners = createListeners();
  let last = 0;
  const kept = (row: MemoryIncident, audit: Parameters<Incidents['declare']>[2]): Incident => {
    const { id, version, changedAt: at } = row.incident;
    rows.set(id, row);
    log.append({ subject: id, about: aboutIncident(row.incident), version, at, entry: audit });
    listeners.tell();
    return row.incident;
  };
  return {
    next: async () => {
      last += 1;
      return { number: last, now: clock.now() };
    },
    declare: async (declared, origin, audit, messages, unless = null) => {
      const same = [...rows.values()].find((row) => origin !== null && row.origin === origin);
      if (same) return { incident: same.incident, fresh: false };
      if (origin !== null && intake.isGivenUp(origin)) throw new GivenUpError();
      const other = unless && inTheWay(rows, declared, unless);
      if (other) return { incident: other, fresh: false, duplicate: true };
      const incident = asStored({ ...declared, version: 1, changedAt: clock.now() });
      assertFree(rows, incident);
      if (rows.has(incident.id)) throw new StoreError(`${incident.id} exists.`, { final: false });
      outbox.raiseIncident(incident, messages);
      return { incident: kept({ incident, origin, takenUntil: 0 }, audit), fresh: true };
    },
    transition: async ({ before: { id, version }, after, audit, messages }) => {
      const old = rows.get(id);
      if (!old || old.incident.version !== version) return { kind: 'moved-on' };
      const incident = asStored({ ...after, version: version + 1, changedAt: clock.now() });
      assertFree(rows, incident);
      outbox.raiseIncident(incident, messages);
      return { kind: 'done', incident: kept({ ...old, incident, takenUntil: 0 }, audit) };
    },
    ...memoryIncidentLists(rows, clock),
    refresh: async (id) => outbox.refreshIncident(id),
    onChanged: listeners.add,
  };
}

/** The newest open incident about the same target that counts. */
function inTheWay(
  rows: ReadonlyMap<string, MemoryIncident>,
  { target }: Incident,
  { since, but }: Unless,
): Incident | null {
  if (target === null) return null;
  const isSame = (one: Incident) =>
    one.target !== null && targetName(one.target) === targetName(target) && isOpen(one.state);
  return (
    [...rows.values()]
      .map(({ incident }) => incident)
      .findLast((one) => isSame(one) && one.times.declared >= since && !but.includes(one.id)) ??
    null
  );
}

/** One channel has one incident. */
function assertFree(rows: ReadonlyMap<string, MemoryIncident>, { id, channel }: Incident): void {
  if (channel === null) return;
  for (const { incident } of rows.values()) {
    if (incident.id === id || incident.channel?.id !== channel.id) continue;
    throw new StoreError(`${channel.id} is the channel of ${incident.id}.`, { final: false });
  }
}
