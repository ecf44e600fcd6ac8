import { expect, test } from 'vitest';
import {
  aboutIncidents,
  incidentOutlines,
} from '../../../src/handlers/incidents/about-incidents.ts';
import { incidentCommands } from '../../../src/handlers/incidents/incident-commands.ts';

test('what is documented about incidents is exactly what can be typed', () => {
  const typed = incidentCommands({} as never).map(({ name }) => name);
  expect(aboutIncidents.map(({ name }) => name)).toEqual(typed);
});

test('what is known of a command before it is loaded is what it says when it is', () => {
  const loaded = incidentCommands({} as never).map(({ perform, ask, ...said }) => ({
    ...said,
    asks: ask !== undefined,
  }));
  expect(incidentOutlines).toEqual(loaded);
  expect(new Set(loaded.map(({ changes }) => changes)).size).toBe(2);
});
