// npm run bench [-- SECTION…] [--rounds N]: speed side by side with the alternatives, in one run.
import { availableParallelism, loadavg } from 'node:os';
import { benchAck } from './ack.ts';
import { type Goal, goalTable, met } from './goal.ts';
import { benchStatus } from './status.ts';

const sections: Record<string, (rounds: number) => Promise<Goal[]>> = {
  ack: benchAck,
  status: benchStatus,
};

const words = process.argv.slice(2);
const roundsAt = words.indexOf('--rounds');
const rounds = roundsAt < 0 ? 5 : Number(words[roundsAt + 1]);
const wanted = words.filter((word, at) => Object.hasOwn(sections, word) && at !== roundsAt + 1);
const goals: Goal[] = [];
for (const [name, section] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring ${name} …`);
  goals.push(...(await section(rounds)));
}
const load = loadavg()[0] ?? 0;
console.log(
  `Node ${process.versions.node}, ${availableParallelism()} cores, load ${load.toFixed(1)}, ${rounds} rounds in turn; median (lowest–highest)\n`,
);
console.log(goalTable(goals));
if (load > 2 * availableParallelism())
  console.log('\nThe machine was too busy for these figures to mean much.');
process.exitCode = goals.every(met) ? 0 : 1;
