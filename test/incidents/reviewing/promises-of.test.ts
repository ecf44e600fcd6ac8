import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Incident } from '../../../src/core/incident.ts';
import { promisesOf } from '../../../src/incidents/reviewing/promises-of.ts';
import { type Done, declared, done, minute, ten, wake } from '../stage.ts';

const at = (minutes: number) => ten + minutes * minute;
/** The records of what was done, in any order. */
const recordsOf = (all: readonly Done[]) =>
  all
    .map(({ event, facts, incident }) => ({
      ...{ id: incident.version, at: incident.changedAt, event, facts },
    }))
    .toReversed();
const missedIn = (incident: Incident, all: readonly Done[]) =>
  promisesOf(incident, recordsOf(all), [], incident.changedAt).missed;

describe('the promises that were missed', () => {
  test('are none where every update came at its time', () => {
    const all = wake(declared(), at(15));
    const { incident } = all.at(-1) ?? expect.fail('nothing was due');
    expect(missedIn(incident, all)).toEqual([]);
  });

  test('are each named with when it was due, when it came, and which update stands for it', () => {
    const all = wake(declared(), at(50));
    const { incident } = all.at(-1) ?? expect.fail('nothing was due');
    const came = { kind: 'update', came: at(50), update: 1 };
    expect(missedIn(incident, all)).toEqual([
      { ...came, due: at(15), merged: false },
      { ...came, due: at(30), merged: true },
      { ...came, due: at(45), merged: true },
    ]);
  });

  test('are named as well when somebody changed the pace before anything had come', () => {
    const cadence = { kind: 'set-cadence', ms: 20 * minute, reason: 'less is happening' } as const;
    const changed = done(declared(), cadence, { at: at(50), holds: ['manager'] });
    const waiting = { kind: 'update', came: null, update: null, merged: true };
    const due = [at(15), at(30), at(45)];
    expect(missedIn(changed.incident, [changed])).toEqual(
      due.map((one) => ({ ...waiting, due: one })),
    );
    const all = [changed, ...wake(changed.incident, at(50))];
    const { incident } = all.at(-1) ?? expect.fail('nothing was due');
    expect(missedIn(incident, all)).toEqual(
      due.map((one) => ({ ...waiting, came: at(50), update: 1, due: one })),
    );
  });

  test('are counted where an older version did not write down when they were due', () => {
    const facts = { slot: at(15), update: 1, lateBy: 0, merged: 3 };
    const record = { id: 2, at: at(61), event: 'incident.updated', facts };
    expect(promisesOf(declared(), [record], [], at(61)).missed).toEqual([
      { kind: 'more-updates', count: 3 },
    ]);
  });

  test('are as many as the figures of the incident say, whatever was missed', () => {
    const waits = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(waits, (minutes) => {
        let incident = declared({ page: false });
        const all: Done[] = [];
        for (const wait of minutes) {
          all.push(...wake(incident, incident.changedAt + wait * minute));
          incident = all.at(-1)?.incident ?? incident;
        }
        const { late, merged } = incident.updates;
        expect(missedIn(incident, all)).toHaveLength(late + merged);
      }),
      { numRuns: 100 },
    );
  });

  test('are follow-ups that were done late or not at all, by their date', () => {
    const followUp = (id: string, due: number | null, doneAt: number | null) => ({
      ...{ id, text: id, owner: null, due, chased: 0 },
      done: doneAt === null ? null : { by: 'U1', at: doneAt },
    });
    const followUps = [
      followUp('F1', at(10), at(9)),
      followUp('F2', at(10), at(11)),
      followUp('F3', at(5), null),
      followUp('F4', at(99), null),
      followUp('F5', null, null),
    ];
    const promises = promisesOf({ ...declared(), followUps }, [], [], at(20));
    expect(promises.followUps).toEqual({ dated: 4, kept: 2 });
    expect(promises.missed).toEqual([
      { kind: 'follow-up', id: 'F3', text: 'F3', due: at(5), done: null },
      { kind: 'follow-up', id: 'F2', text: 'F2', due: at(10), done: at(11) },
    ]);
  });
});
