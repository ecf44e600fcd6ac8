import pg from 'pg';
import { type Child, startChild } from './child.ts';
import { sendCommands, signingSecret } from './commands.ts';
import { quantile, spread } from './figures.ts';
import { type Goal, ratio } from './goal.ts';
import { type SlackStub, startSlackStub } from './slack-stub.ts';
import { withPostgres } from './with-postgres.ts';

const commandsPerRound = 6_000;
const connections = 64;
const changing = 'restart rms-auth@prod --reason "memory leak"';

/**
 * Changing commands whose row is committed, on a PostgreSQL that writes through to the disk, before they are
 * acknowledged: beside a bare Bolt with one listener, which checks the signature, acknowledges and keeps
 * nothing. Both get the same requests over the same number of connections in turn, no request comes twice,
 * and the rows are counted at the end. Only one of the two has a disk and a second process to wait for.
 */
export const benchRecorded = (rounds: number): Promise<Goal[]> =>
  withPostgres(async ({ url }) => {
    const slack = await startSlackStub();
    const env = { SIGNING_SECRET: signingSecret, SLACK_API_URL: slack.apiUrl };
    const ours = await startChild('subjects/acknowledging.ts', { ...env, DATABASE_URL: url });
    const bolt = await startChild('subjects/bolt.ts', env);
    try {
      return await compare(rounds, { ours, bolt, slack, url });
    } finally {
      await Promise.all([ours.end(), bolt.end()]);
      await slack.close();
    }
  });

interface Rivals {
  ours: Child;
  bolt: Child;
  slack: SlackStub;
  url: string;
}

async function compare(rounds: number, { ours, bolt, slack, url }: Rivals): Promise<Goal[]> {
  const figures = { ours: [] as Round[], bolt: [] as Round[] };
  for (const child of [ours, bolt]) await round(child, slack); // warms up
  for (let turn = 0; turn < rounds; turn++) {
    figures.ours.push(await round(ours, slack));
    figures.bolt.push(await round(bolt, slack));
  }
  const sent = (rounds + 1) * commandsPerRound;
  const perSecond = (of: readonly Round[]) => of.map(({ rate }) => rate);
  const late = (of: readonly Round[]) => of.map(({ p99 }) => p99);
  return [
    {
      name: 'recorded changes acknowledged per second, PostgreSQL',
      ours: `${spread(perSecond(figures.ours), '/s')}, p99 ${spread(late(figures.ours), 'ms')}`,
      rival: `bare Bolt ${spread(perSecond(figures.bolt), '/s')}, p99 ${spread(late(figures.bolt), 'ms')}`,
      result: ratio(perSecond(figures.ours), perSecond(figures.bolt)),
      target: { at: 'least', value: 1.5 },
    },
    {
      name: 'of them found in the database',
      ours: `${await rowsIn(url)}`,
      rival: `${sent} sent`,
      result: (await rowsIn(url)) / sent,
      target: { at: 'least', value: 1 },
    },
  ];
}

/** How fast it went, in commands a second, and how long the slowest hundredth took, in milliseconds. */
interface Round {
  rate: number;
  p99: number;
}

async function round(child: Child, slack: SlackStub): Promise<Round> {
  const { times, missed, took } = await sendCommands(
    child.firstLine,
    commandsPerRound,
    connections,
    slack.responseUrl,
    changing,
  );
  if (missed > 0) throw new Error(`${missed} commands were not acknowledged`);
  return { rate: commandsPerRound / (took / 1_000), p99: quantile(times, 0.99) };
}

async function rowsIn(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select count(*)::int as rows from intake');
  await client.end();
  return rows[0].rows;
}
