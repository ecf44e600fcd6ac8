import { expect, test } from 'vitest';
import { aboutIncidents } from '../../src/handlers/about-incidents.ts';
import { incidentCommands } from '../../src/handlers/incident-commands.ts';

test('what is documented about incidents is exactly what can be typed', () => {
  const typed = incidentCommands({} as never).map(({ name }) => name);
  expect(aboutIncidents.map(({ name }) => name)).toEqual(typed);
});
