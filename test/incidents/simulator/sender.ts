import type { IncidentRoom } from '../../../src/core/incident-room.ts';
import type { Incidents } from '../../../src/core/incidents.ts';
import type { Log } from '../../../src/core/log.ts';
import type { Outbox, OutboxRow } from '../../../src/core/outbox.ts';
import type { RoomWatch } from '../../../src/gatehouse/watch-rooms.ts';
import type { Code } from './code.ts';
import type { Drawing } from './slack.ts';
import { callTime } from './slack-calls.ts';
import type { Process } from './time.ts';
import { sending } from './traffic.ts';
import type { World } from './world.ts';

/** What a sender of a process works with. */
export interface Sending {
  process: Process;
  incidents: Incidents;
  outbox: Outbox;
  api: unknown;
  room: IncidentRoom;
  watch: RoomWatch;
  /** Whether nothing is to be sent, because Slack is away. */
  holding(): boolean;
  log: Log;
}

/** As the real loop has it: so many at once, and what is due that soon is waited for. */
const [atOnce, wakeWithin, wakeLate] = [8, 2_000, 20];
/** What comes again sooner is waited for a little longer here, in milliseconds. */
const least = 1_000;

/** Sends what is due with the real code; the loop that looks for it has the time of the schedule. */
export function createSender(world: World, code: Code, sender: Sending): { look(): void } {
  const { time } = world;
  const { process, outbox, log, watch } = sender;
  const send = code.createSend({
    ...{ outbox, log, rooms: watch.rooms, draw: drawer(sender) },
    client: { api: sender.api, options: { timeout: callTime } } as never,
    clock: { now: time.now, monotonic: time.now },
    stopping: new AbortController().signal,
    sleep: (ms) => time.sleep(process, ms),
  });
  let [busy, running, again] = [0, false, false];
  const sendOne = async (row: OutboxRow, takenAt: number) => {
    busy += 1;
    const { retryIn, called } = await sending.run(row, () => send(row, takenAt));
    busy -= 1;
    if (!called) void look();
    if (retryIn > wakeWithin) return;
    if (retryIn > 0) await time.sleep(process, Math.max(least, retryIn + wakeLate));
    void look();
  };
  let waits = false;
  const held = async (ms: number) => {
    if (waits) return;
    waits = true;
    await time.sleep(process, Math.max(least, ms + 1));
    waits = false;
    void look();
  };
  const round = async () => {
    const takenAt = time.now();
    if (busy >= atOnce || sender.holding()) return;
    const rows = await outbox.take(atOnce - busy, held).catch(() => []);
    for (const row of rows) void sendOne(row, takenAt);
  };
  const look = async () => {
    again = true;
    if (running) return;
    running = true;
    while (again && process.alive) {
      again = false;
      await round();
    }
    running = false;
  };
  return { look: () => void look() };
}

/** Draws whose message it is and of which version; nothing of what is about security by now, where everybody reads. */
const drawer =
  ({ incidents }: Pick<Sending, 'incidents'>) =>
  async ({ kind, subject, to, wanted }: OutboxRow) => {
    const [id = '', line] = subject.split('/');
    const found = await incidents.find(id);
    if (!found) return null;
    const { version, security } = found.incident;
    if (line !== undefined && security && to.startsWith('C-')) return null;
    const says: Drawing = {
      subject,
      kind,
      to,
      version: line === undefined ? version : Number(line),
    };
    const shown = line === undefined ? Math.max(wanted, version) : 1;
    return { message: { text: JSON.stringify(says) } as never, version: shown };
  };
