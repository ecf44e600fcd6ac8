import type { Deliver } from '../../../src/bot/receiving/through-bolt.ts';
import type { OutboxRow } from '../../../src/core/outbox.ts';
import type { Run } from '../../../src/core/run.ts';
import type { Answer, Asked, Desk } from '../../../src/handlers/desk.ts';
import type { Registry } from '../../../src/handlers/registry.ts';
import type { Runner } from '../../../src/runs/runner.ts';
import type { Message } from '../../../src/views/blocks/message.ts';
import { callTime } from './slack.ts';
import type { Code, Process, World } from './truth.ts';

/** What a process needs to take requests from Slack and to bring messages there. */
export interface DeskParts {
  world: World;
  process: Process;
  code: Code;
  runner: Runner;
  log: Parameters<Code['createDeliveries']>[0]['log'];
  /** Does the same again at once, when that is what somebody has asked for. */
  confirm(run: Run): Promise<unknown>;
}

/** Starts what takes deliveries, what looks for those that were left behind, and what sends messages. */
export function startDesk(parts: DeskParts): Deliver | null {
  const { world, process, code, log } = parts;
  if (world.slack) startSending(parts);
  if (!world.takesDeliveries) return null;
  const intake = world.intakeFor(process);
  const deliveries = code.createDeliveries({ intake, log });
  const desk = deskOf(parts);
  code
    .watchLeftBehind({
      intake,
      desk,
      hold: deliveries.hold,
      direct: (asker) => later(parts, asker),
      log,
    })
    .start();
  const options = {
    desk,
    deliveries,
    marks: { keep() {} },
    answer: (asked: Asked) => answerTo(parts, asked),
    forget() {},
    botUser: () => 'U-gatehouse',
    faultCode: () => 'F',
    redactor: { redactAll: <T>(data: T): T => data },
    meter: { delivered() {}, acknowledged() {} },
    clock: world.time.clock,
    log,
  };
  return code.createDispatcher(options).deliver;
}

/** The only command that there is. */
const registry = { all: [], find: () => ({ command: { name: 'restart', ask() {} }, used: 1 }) };

/** Which request it is: its number stands behind the command. */
export const numberIn = (asked: Asked): number =>
  'text' in asked ? Number(asked.text.split(' ')[1]) : 0;

function deskOf(parts: DeskParts): Desk {
  const { world, runner, code, process } = parts;
  return {
    changes: () => true,
    async handle(asked, answer, origin) {
      const n = numberIn(asked);
      const request = world.requests.get(n);
      if (!request) throw new Error(`nobody has asked for ${n}`);
      const made = await runner.request({
        ...request.asked,
        askedIn: null,
        ...(origin !== undefined && { origin }),
      });
      await answer.say({ text: '', blocks: [] });
      if (made.ok && request.confirms) await parts.confirm(made.value);
    },
    tellLeftBehind: (left, answer) =>
      code.tellLeftBehind(
        left,
        answer,
        registry as unknown as Registry,
        {
          redact: (text: string) => text,
          running: { runs: world.runsFor(process) },
        } as unknown as Parameters<Code['tellLeftBehind']>[3],
      ),
  };
}

/** What is said in answer, whatever it is. */
const answerTo = ({ world, process }: DeskParts, asked: Asked) =>
  ({
    async say() {
      await world.gate(process);
      world.judge.told.answered(numberIn(asked));
    },
  }) as unknown as Answer;

/** Writes to one person; what arrives, counts. */
const later = ({ world, process }: DeskParts, _asker: unknown) => ({
  async say({ text }: Message) {
    await world.gate(process);
    if (world.troubled && world.chance.of(0.2)) throw new Error('the connection was lost');
    const n = Number(/restart (\d+)/.exec(text)?.[1]);
    world.judge.told.toldLater(n, text);
    await world.gate(process);
    if (world.troubled && world.chance.of(0.1)) throw new Error('the connection was lost');
  },
});

function startSending({ world, process, code, log }: DeskParts): void {
  const { slack, time } = world;
  if (!slack) return;
  const sender = code.createOutboxSender({
    outbox: world.outboxFor(process),
    async draw(row: OutboxRow) {
      const drawn = await code.drawRuns(drawing(world, world.runsFor(process)))(row);
      if (drawn?.message.blocks) slack.versions.set(drawn.message.blocks, drawn.version);
      return drawn;
    },
    client: { api: slack.apiFor(process), options: {} },
    clock: time.clock,
    log,
    callTime,
    every: 2_000,
    sleep: (ms: number) => (ms > 0 ? time.sleep(ms) : Promise.resolve()),
  });
  sender.start();
}

/** What cards are drawn from. */
export const drawing = ({ store }: World, runs: World['store']['runs']) =>
  ({ store: { ...store, runs }, config: { approvals: {} } }) as unknown as Parameters<
    Code['drawRuns']
  >[0];
