import { once } from 'node:events';
import { type Child, startChild } from './child.ts';
import { sendCommands, signingSecret } from './commands.ts';
import { median, quantile, spread } from './figures.ts';
import { type Goal, ratio } from './goal.ts';
import { type SlackStub, startSlackStub } from './slack-stub.ts';

const commandsPerRound = 6_000;
const connections = 16;

/** What a command costs until it is acknowledged, beside a bare Bolt that does nothing but acknowledge. */
export async function benchAck(rounds: number): Promise<Goal[]> {
  const slack = await startSlackStub();
  const env = { SIGNING_SECRET: signingSecret, SLACK_API_URL: slack.apiUrl };
  const ours = await startChild('subjects/acknowledging.ts', env);
  const bolt = await startChild('subjects/bolt.ts', env);
  const figures = {
    ours: { cpu: [] as number[], p99: [] as number[] },
    bolt: { cpu: [] as number[], p99: [] as number[] },
  };
  try {
    for (const child of [ours, bolt]) await round(child, slack); // warms up
    for (let turn = 0; turn < rounds; turn++) {
      for (const [name, child] of [
        ['ours', ours],
        ['bolt', bolt],
      ] as const) {
        const { cpu, p99 } = await round(child, slack);
        figures[name].cpu.push(cpu);
        figures[name].p99.push(p99);
      }
    }
  } finally {
    await Promise.all([ours.end(), bolt.end()]);
    await slack.close();
  }
  return [
    {
      name: 'CPU to acknowledge, 100 commands',
      ours: spread(figures.ours.cpu, 'µs'),
      rival: `bare Bolt ${spread(figures.bolt.cpu, 'µs')}`,
      result: ratio(figures.ours.cpu, figures.bolt.cpu),
      target: { at: 'most', value: 0.5 },
    },
    {
      name: 'p99 of the acknowledgement',
      ours: spread(figures.ours.p99, 'ms'),
      rival: `bare Bolt ${spread(figures.bolt.p99, 'ms')}`,
      result: median(figures.ours.p99) / median(figures.bolt.p99),
      target: { at: 'most', value: 1 },
    },
  ];
}

async function round(child: Child, slack: SlackStub): Promise<{ cpu: number; p99: number }> {
  const before = await cpuOf(child);
  const { times, missed } = await sendCommands(
    child.firstLine,
    commandsPerRound,
    connections,
    slack.responseUrl,
  );
  if (missed > 0) throw new Error(`${missed} commands were not acknowledged`);
  return { cpu: ((await cpuOf(child)) - before) / commandsPerRound, p99: quantile(times, 0.99) };
}

/** What the process has used so far, in microseconds. */
async function cpuOf({ process }: Child): Promise<number> {
  process.send('cpu?');
  const [{ user, system }] = await once(process, 'message');
  return user + system;
}
