import { usualIncidentRules } from '../../../src/core/default-incident-rules.ts';
import type { Health } from '../../../src/core/health.ts';
import type { IncidentRules } from '../../../src/core/incident-rules.ts';
import type { IncidentLife } from '../../../src/incidents/incident-life.ts';
import { asStored } from '../../../src/store/database/stored-json.ts';
import { type Chance, chanceFrom } from '../../runs/simulator/chance.ts';
import type { Code } from './code.ts';
import { createJudge, type Judge } from './judge.ts';
import { createSlack, type Slack } from './slack.ts';
import { memoryOver, type Stage, type StagedStore } from './stage.ts';
import { createTime, type Process, type Time } from './time.ts';
import { createTraffic, type Traffic } from './traffic.ts';

/** A process, and what runs in it. */
export interface Replica {
  process: Process;
  life: IncidentLife;
  /** What it does again and again; nothing while it is still busy with the last time. */
  tick(): void;
  /** It hears at once that somebody can do nothing any more. */
  left(id: string): void;
  /** Whether it sends nothing, because Slack was away when it asked last. */
  holding(): boolean;
}

/** Everything outside of the code under test, with the truth about it. */
export interface World {
  chance: Chance;
  time: Time;
  store: StagedStore;
  slack: Slack;
  traffic: Traffic;
  judge: Judge;
  /** How everything that can be looked at is. */
  health: Health;
  /** The contacts that nobody can be reached under at the moment. */
  nobody: Set<string>;
  /** Who can do nothing any more, by Slack user id, and since when. */
  gone: Map<string, number>;
  /** Whether the database and Slack may break off. */
  troubled: boolean;
  /** The runs that keep evidence, by what they come of. */
  runs: Map<string, string>;
  /** How many ids were made. */
  made: number;
  /** When rows of the outbox are due that were put off. */
  putOff: number[];
  /** The messages that the outbox has heard of. */
  known: Set<string>;
  /** When somebody was last there. */
  beatAt: number;
  rules: IncidentRules;
}

/** Half past nine or in the evening of a Monday, in November. */
const starts = [Date.UTC(2026, 10, 16, 9, 30), Date.UTC(2026, 10, 16, 15, 40)];

/** The usual rules; kept once, since every incident has them with it. */
const rules: IncidentRules = asStored({
  ...usualIncidentRules,
  contacts: usualIncidentRules.contacts.map((one) => ({
    ...one,
    email: [`${one.name}@example.com`],
  })),
  roles: { responders: ['oncall'], managers: ['manager'], security: ['security'] },
  channels: { announce: 'C-incidents', stakeholders: 'C-status' },
});

/** A new world; everything that happens in it follows from the seed. */
export function createWorld(
  code: Code,
  seed: number,
  stage: Stage = memoryOver(code.memoryStore),
): World {
  const chance = chanceFrom(seed);
  const time = createTime(chance.pick(starts) + Math.floor(chance.next() * 60_000));
  const world: World = {
    ...{ chance, time, store: stage(time), rules },
    ...{ slack: null as never, judge: null as never, traffic: null as never },
    ...{
      health: 'down',
      nobody: new Set(),
      gone: new Map(),
      troubled: true,
      made: 0,
      putOff: [],
      beatAt: 0,
      runs: new Map(),
      known: new Set(),
    },
  };
  world.traffic = createTraffic(time.now, (holds, otherwise) => world.judge.must(holds, otherwise));
  const troubled = () => world.troubled;
  world.slack = createSlack({ time, chance, troubled, traffic: world.traffic });
  world.judge = createJudge(world);
  return world;
}
