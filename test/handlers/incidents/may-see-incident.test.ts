import { expect, test } from 'vitest';
import { maySeeIncident } from '../../../src/handlers/incidents/may-see-incident.ts';
import type { Message } from '../../../src/views/blocks/message.ts';
import { someIncident } from '../../support/some-incident.ts';

const secret = someIncident(7, { security: true, title: 'zanzibar' });

async function seen(id: string) {
  const said: Message[] = [];
  const may = await maySeeIncident(secret, {
    person: { id, team: 'T1', roles: [] },
    show: async (view, data) => void said.push(view(data)),
  });
  return { may, said: JSON.stringify(said) };
}

test('whoever may not read what is about security can ask those who may to be let in', async () => {
  const { may, said } = await seen('U9');
  expect(may).toBe(false);
  expect(said).toContain('"action_id":"incident:plea","value":"INC-7:1:join"');
  expect(said).not.toContain('zanzibar');
  expect(await seen('U1')).toEqual({ may: true, said: '[]' });
});
