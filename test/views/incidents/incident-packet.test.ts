import { expect, test } from 'vitest';
import { incidentPacket } from '../../../src/views/incidents/incident-packet.ts';
import { someIncident } from '../../support/some-incident.ts';

test('whoever takes over reads what is left to be done, and nothing of what is', () => {
  const followUp = { owner: null, due: null, chased: 0 };
  const followUps = [
    { ...followUp, id: 'F1', text: 'call the bank', done: { by: 'U1', at: 1 } },
    ...Array.from({ length: 7 }, (_, n) => ({
      ...{ ...followUp, id: `F${n + 2}`, text: `step ${n}` },
      done: null,
    })),
  ];
  const figures = { health: 'up', change: '', done: [], running: [] };
  const said = incidentPacket({ incident: someIncident(42, { followUps }), records: [], figures });
  const left = said.join('\n').match(/To be done: F\d+ step \d/g);
  expect(left).toEqual([0, 1, 2, 3, 4].map((n) => `To be done: F${n + 2} step ${n}`));
  expect(said.join('\n')).not.toContain('bank');
});
