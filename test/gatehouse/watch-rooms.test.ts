import { expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { IncidentCommand } from '../../src/core/incident-command.ts';
import { ok } from '../../src/core/result.ts';
import { watchRooms } from '../../src/gatehouse/watch-rooms.ts';
import { quietLog } from '../support/quiet-log.ts';
import { someIncident } from '../support/some-incident.ts';

const channel = (lost: string | null) => ({ id: 'C9', name: 'inc-0042', private: false, lost });

/** One incident with a channel, of which Slack says that it is lost or not. */
function watching(incident: Incident, slackSays: string | null) {
  const said: IncidentCommand[] = [];
  const seen = { incident, now: 0, wake: null };
  const watch = watchRooms({
    incidents: {
      find: async () => seen,
      inChannel: async () => seen,
      unfinished: async () => [seen],
    },
    outbox: { standing: async () => null },
    life: {
      do: async (_id, command) => {
        said.push(command);
        return ok(incident);
      },
    },
    room: {
      lost: async () => ({ kind: 'done', value: slackSays }),
    },
    setups: { begin() {} },
    log: quietLog,
  });
  return { said, watch };
}

const lost = someIncident(42, { channel: channel('it was archived') });
const open = someIncident(42, { channel: channel(null) });

test.each([
  ['is lost and Slack says that it is back', lost, null, [{ kind: 'room-back' }]],
  ['is lost and stays so', lost, 'it was archived', []],
  ['is there', open, null, []],
  ['is lost now', open, 'it was archived', [{ kind: 'room-lost', why: 'it was archived' }]],
] as const)(
  'of a channel that %s only what Slack says counts',
  async (_how, incident, says, all) => {
    const { said, watch } = watching(incident, says);
    watch.changed('C9');
    await watch.idle();
    expect(said).toEqual(all);
  },
);

test('a channel that came back while nobody heard of it is found by whoever looks through all', async () => {
  const { said, watch } = watching(lost, null);
  await watch.all();
  await watch.idle();
  expect(said).toEqual([{ kind: 'room-back' }]);
});

test('Slack is not asked about channels that are there by whoever looks through all', async () => {
  const { said, watch } = watching(open, 'it was archived');
  await watch.all();
  await watch.idle();
  expect(said).toEqual([]);
});
