import { expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { IncidentStats } from '../../src/core/incident-figures.ts';
import type { Store } from '../../src/store/open-store.ts';
import { changeOf, declarer } from './incidents.ts';
import { entry } from './runs.ts';

/** The ports that figures over incidents are made of. */
export interface FiguresSetUp {
  store: Pick<Store, 'incidents' | 'incidentFigures'>;
}

let services = 0;
/** A service that nobody else has incidents of. */
const newService = (): string => {
  services += 1;
  return `figures-${process.pid}-${services}-${performance.now().toFixed(0)}`;
};

/** What every implementation of {@link Store.incidentFigures} must do. */
export function incidentFiguresContract(setUp: () => FiguresSetUp) {
  const declare = (more: Partial<Incident>) => declarer(() => setUp().store.incidents)(more);
  const about = (service: string) => ({ target: { service, env: 'prod' } });
  const having = async (incident: Incident, after: Partial<Incident>, event?: string) => {
    const change = changeOf(incident, after);
    const audit = event === undefined ? change.audit : entry(event);
    const done = await setUp().store.incidents.transition({ ...change, audit });
    return done.kind === 'done' ? done.incident : expect.fail('it has moved on');
  };
  const stats = (service: string, since = 0) =>
    setUp().store.incidentFigures.stats({ since, service });
  const named = (all: readonly IncidentStats[]) =>
    all.map(({ group }) =>
      group.by === 'all' ? 'all' : group.by === 'severity' ? `SEV${group.severity}` : group.service,
    );

  /** Acknowledged after so many seconds, and resolved after ten times that. */
  async function over(service: string, severity: 1 | 2, seconds: number) {
    const incident = await declare({ severity, ...about(service) });
    const { declared } = incident.times;
    const acknowledged = { by: 'U1', at: declared + seconds * 1_000 };
    return having(incident, {
      state: 'resolved',
      firstAcknowledged: acknowledged,
      times: {
        ...incident.times,
        started: declared - 60_000,
        detected: declared,
        resolved: declared + seconds * 10_000,
      },
      updates: { ...incident.updates, posted: 3, onTime: 2, late: 1, merged: 1 },
    });
  }

  test('where there was nothing, everything is nothing', async () => {
    const [all, ...others] = await stats(newService());
    expect(others).toEqual([]);
    expect(all).toMatchObject({
      group: { by: 'all' },
      incidents: 0,
      resolve: { count: 0, p50: null, p90: null },
      acknowledgements: { promised: 0, kept: 0 },
    });
  });

  test('times are told in the middle and near the end, of all, by severity and by service', async () => {
    const service = newService();
    await over(service, 1, 100);
    await over(service, 1, 200);
    await over(service, 2, 400);
    const found = await stats(service);
    expect(named(found)).toEqual(['all', 'SEV1', 'SEV2', service]);
    expect(found[0]).toMatchObject({
      incidents: 3,
      cancelled: 0,
      detect: { count: 3, p50: 60_000, p90: 60_000 },
      acknowledge: { count: 3, p50: 200_000, p90: 360_000 },
      mitigate: { count: 0, p50: null, p90: null },
      resolve: { count: 3, p50: 2_000_000, p90: 3_600_000 },
      acknowledgements: { promised: 3, kept: 2 },
      updates: { onTime: 6, late: 3, merged: 3 },
    });
    expect(found[1]).toMatchObject({
      incidents: 2,
      acknowledge: { count: 2, p50: 150_000, p90: 190_000 },
    });
    expect({ ...found[3], group: { by: 'all' } }).toEqual(found[0]);
  });

  test('what was cancelled is counted as that and as nothing else', async () => {
    const service = newService();
    const incident = await over(service, 1, 100);
    await having(incident, { state: 'cancelled' });
    const [all] = await stats(service);
    expect(all).toMatchObject({
      incidents: 1,
      cancelled: 1,
      acknowledge: { count: 0, p50: null },
      acknowledgements: { promised: 0, kept: 0 },
      updates: { onTime: 0, late: 0, merged: 0 },
    });
  });

  test('reminders and checks that were red again are counted by their records, calls after the declaration', async () => {
    const service = newService();
    const first = await declare(about(service));
    const call = {
      contact: 'secondary',
      people: ['U2'],
      why: 'late',
      cause: null,
      by: 'gatehouse',
      answer: null,
    };
    const { declared } = first.times;
    const escalations = [
      { ...call, at: declared },
      { ...call, at: declared + 5 },
    ];
    const reminded = await having(first, { escalations }, 'incident.reminded');
    const overdue = await having(reminded, {}, 'incident.update-overdue');
    await having(overdue, {}, 'incident.red-again');
    const [all] = await stats(service);
    expect(all).toMatchObject({ reminders: 2, redAgain: 1, escalations: 1 });
  });

  test('an acknowledgement that is not due yet is neither kept nor broken', async () => {
    const service = newService();
    await declare(about(service));
    expect((await stats(service))[0]?.acknowledgements).toEqual({ promised: 0, kept: 0 });
  });

  test('what was declared before is left out', async () => {
    const service = newService();
    const { times } = await declare(about(service));
    expect((await stats(service, times.declared))[0]?.incidents).toBe(1);
    expect((await stats(service, times.declared + 60_000))[0]?.incidents).toBe(0);
  });

  test('the pulse says how many are open, and how late the latest deadline is', async () => {
    const before = await setUp().store.incidentFigures.pulse();
    const { now } = await setUp().store.incidents.next();
    const late = await declare({
      severity: 4,
      deadlines: [{ kind: 'update', at: now - 90_000, step: 0 }],
    });
    const after = await setUp().store.incidentFigures.pulse();
    expect(after.open[4]).toBe(before.open[4] + 1);
    expect(after.lag).toBeGreaterThanOrEqual(90_000);
    await having(late, { state: 'closed', deadlines: [] });
    const ended = await setUp().store.incidentFigures.pulse();
    expect(ended.open[4]).toBe(before.open[4]);
  });
}
