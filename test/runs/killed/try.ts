import { dataFolder } from '../../support/data-folder.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { survive } from './survive.ts';
const data = await dataFolder();
const t=performance.now();
const s = await survive({ bots: 1, kills: Number(process.env.KILLS ?? 6), seed: Number(process.env.SEED ?? 1), env: { GATEHOUSE_DATA: data.path }, database: { dataDir: data.path, log: quietLog }, patience: 2000 });
console.log('ms', performance.now()-t, 'requests', s.requests.length, 'taken', s.requests.filter(r=>r.taken).length, 'votes', s.votes, 'deliveries', s.deliveries, s.audit);
for (const r of s.requests) {
  const run = s.runs.find(x => x.reason.includes(`number ${r.number} `));
  console.log(r.number, r.service, r.taken, 'before', r.before, run && [run.id, run.version, run.state, run.steps.map(x=>x.outcome?.kind), run.votes.length, run.why?.slice(0,80)].join(' '), [...s.cards].map(([k,c]) => c.filter(x=>x.request===r.number).map(x=>x.state).join('+')).join(' | '));
}
for (const n of ['one','two','three','four']) console.log(n, s.starts(n));
for (const [k,m] of s.told) for (const x of m) console.log(k, x.text.slice(0,120));
const seen = new Set();
for (const l of s.lines) if (/"level":(4|5)0|"level":"(warn|error)/.test(l)) console.log(l.slice(0,400));
await data.remove();
