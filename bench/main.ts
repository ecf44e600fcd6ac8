// npm run bench [-- SECTION…] [--rounds N]: speed side by side with the alternatives, in one run.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAck } from './ack.ts';
import { benchApproving } from './approving.ts';
import { benchAudit } from './audit.ts';
import { benchChart } from './chart.ts';
import { benchClicks } from './clicks.ts';
import { type Goal, goalTable, met } from './goal.ts';
import { benchHung } from './hung.ts';
import { benchWholeHerd } from './incident-herd.ts';
import { benchIncidents } from './incidents.ts';
import { benchRecorded } from './recorded.ts';
import { benchStart } from './start.ts';
import { benchStatus } from './status.ts';
import { benchTransitions } from './transitions.ts';

const sections: Record<string, (rounds: number) => Promise<Goal[]>> = {
  ack: benchAck,
  recorded: benchRecorded,
  hung: benchHung,
  start: benchStart,
  status: benchStatus,
  approving: benchApproving,
  clicks: benchClicks,
  transitions: benchTransitions,
  audit: benchAudit,
  incidents: benchIncidents,
  herd: benchWholeHerd,
  chart: benchChart,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const rounds = Number(values.rounds);
const unknown = positionals.find((word) => !Object.hasOwn(sections, word));
if (unknown || !(rounds >= 1)) {
  console.error(`Usage: npm run bench -- [${Object.keys(sections).join('|')}] [--rounds N]`);
  process.exit(2);
}
const wanted = positionals.length > 0 ? positionals : Object.keys(sections);
const goals: Goal[] = [];
for (const [name, section] of Object.entries(sections)) {
  if (!wanted.includes(name)) continue;
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
