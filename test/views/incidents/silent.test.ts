import { expect, test } from 'vitest';
import type { Incident } from '../../../src/core/incident.ts';
import { incidentBlocks } from '../../../src/views/incidents/home-incidents.ts';
import { incidentCard } from '../../../src/views/incidents/incident-card.ts';
import { incidentList } from '../../../src/views/incidents/incident-picker.ts';
import { someIncident } from '../../support/some-incident.ts';

const at = Date.UTC(2026, 10, 16, 10);
const counted = { overdue: { from: at, done: 7 } };
const usual = someIncident(1);
const silent = (number: number, more: Partial<Incident> = {}) =>
  someIncident(number, { updates: { ...usual.updates, lastByPerson: at }, counted, ...more });
const text = (shown: unknown) => JSON.stringify(shown);
const order = (shown: unknown) => [...text(shown).matchAll(/\*(INC-\d+) · /g)].map(([, id]) => id);
const mark = ':large_red_square: *SILENT* since <!date^1794823200^';

test('the card says it below its first line, and in the words for a screen reader', () => {
  expect(text(incidentCard(silent(42)))).toContain(mark);
  expect(incidentCard(silent(42)).text).toMatch(/investigating, SILENT$/);
  expect(incidentCard(silent(42, { security: true })).text).toMatch(/investigating, SILENT/);
  for (const over of ['resolved', 'closed', 'cancelled'] as const) {
    expect(text(incidentCard(silent(42, { state: over })))).not.toContain('SILENT');
  }
  const reminded = { overdue: { from: at, done: 6 } };
  expect(text(incidentCard(silent(42, { counted: reminded })))).not.toContain('SILENT');
  expect(incidentCard(someIncident(42)).text).toMatch(/investigating$/);
});

test('before the first update of a person it counts from the declaration', () => {
  const { times } = someIncident(42);
  const one = someIncident(42, { counted, times: { ...times, declared: at } });
  expect(text(incidentCard(one))).toContain(mark);
});

test('a list begins with the silent ones, however many newer ones there are', () => {
  const newer = Array.from({ length: 30 }, (_, index) => someIncident(99 - index));
  const list = incidentList({ incidents: [...newer, silent(2), silent(1)] });
  expect(order(list).slice(0, 3)).toEqual(['INC-2', 'INC-1', 'INC-99']);
  expect(order(list)).toHaveLength(20);
  expect(list.text).toBe('32 incidents, silent ones first, then the newest; 20 of them are shown');
  expect(incidentList({ incidents: newer }).text).toMatch(/^30 incidents, newest first/);
});

test('the Home tab begins with the silent ones, before those that are the reader’s own', () => {
  const mine = someIncident(9, { roles: { commander: { by: 'U1', at } } });
  const others = Array.from({ length: 10 }, (_, index) => someIncident(8 - index));
  const open = [...others, mine, silent(2)];
  const home = incidentBlocks({ me: 'U1', open, onCall: null }, at);
  expect(order(home).slice(0, 2)).toEqual(['INC-2', 'INC-9']);
  expect(text(home).split(mark)).toHaveLength(2);
});
