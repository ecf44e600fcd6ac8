import { expect, test } from 'vitest';
import type { Incident } from '../../../src/core/incident.ts';
import type { IncidentCommand } from '../../../src/core/incident-command.ts';
import { ok } from '../../../src/core/result.ts';
import { type FoundMark, recoverMarks } from '../../../src/handlers/marks/recover-marks.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { someIncident } from '../../support/some-incident.ts';

const channel = { id: 'C9', name: 'inc-0007', private: false, lost: null };
const incident = someIncident(7, {
  channel,
  notes: { 'C9:1': 'shown', 'C9:2': 'shown', 'C9:3': 'hidden', 'C8:4': 'shown', 'C9:5': 'shown' },
  marks: { 'C9:1': 'reaction', 'C9:2': 'pin', 'C9:3': 'pin', 'C8:4': 'reaction' },
});

/** What is done where these messages are found to be marked, and each says so or not, or is gone. */
async function done(
  found: readonly FoundMark[],
  says: Record<string, boolean>,
  { of = incident, ends = 99 }: { of?: Incident; ends?: number } = {},
): Promise<{ commands: IncidentCommand[]; read: string[] }> {
  const commands: IncidentCommand[] = [];
  const read: string[] = [];
  await recoverMarks({
    incidents: { unfinished: async () => [{ incident: of, now: 0, wake: null }] as never },
    life: {
      inChannel: async () => of,
      do: async (_id: string, command: IncidentCommand) => {
        commands.push(command);
        return ok(of);
      },
    } as never,
    messages: {
      read: async ({ channel: where, ts }: { channel: string; ts: string }) => {
        read.push(`${where}:${ts}`);
        const isMarked = says[ts];
        return isMarked === undefined ? null : { isMarked, isOwn: false, at: 0, files: [] };
      },
    } as never,
    directory: { standing: async () => ({ kind: 'refused', why: '' }) } as never,
    log: quietLog,
    marked: async () => found,
    sleep: async () => {},
    ended: () => read.length >= ends,
  });
  return { commands, read };
}

test('what is not marked any more is taken off, each message speaking for itself', async () => {
  const { commands, read } = await done([], { 1: false, 2: true });
  expect(commands).toEqual([{ kind: 'mark-gone', note: 'C9:1' }]);
  expect(read).toEqual(['C9:1', 'C9:2']); // not what was hidden, what stands elsewhere, or was no mark
});

test('what is found to be marked is not asked again, and what was deleted stays as it is', async () => {
  const { commands, read } = await done([{ channel: 'C9', ts: '1', by: 'U1', how: 'pin' }], {});
  expect([commands, read]).toEqual([[], ['C9:2']]);
});

test('nothing more is looked at once Gatehouse stops, and nothing where there are no marks', async () => {
  expect((await done([], { 1: false, 2: false }, { ends: 1 })).read).toEqual(['C9:1']);
  const { marks: _none, ...old } = incident;
  expect((await done([], { 1: false }, { of: old })).read).toEqual([]);
});
