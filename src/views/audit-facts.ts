import type { AuditRecord } from '../core/audit.ts';
import { formatDuration } from '../core/duration.ts';
import type { Json } from '../core/json.ts';

type Facts = AuditRecord['facts'];

/** What is said in words of its own, or is the same in every record of a run. */
const told = new Set([
  'action',
  'service',
  'services',
  'env',
  'from',
  'to',
  'agent',
  'plan',
  'newPlan',
]);

/** How an incident stands, which every record of it says: only the records that change it are read for it. */
const standing: Readonly<Record<string, readonly string[]>> = {
  title: ['incident.declared', 'incident.title-set'],
  severity: ['incident.declared', 'incident.severity-set'],
  security: ['incident.security-set'],
  every: ['incident.cadence-set'],
  acknowledged: [],
  channel: [],
  channelName: [],
  commander: [],
  communications: [],
  next: [],
  provisional: [],
  state: [],
};

/** How a fact is called when it is read; the others are called as they are kept. */
const names: Readonly<Record<string, string>> = {
  acknowledgeBy: 'to be acknowledged by',
  runFacts: 'which is',
  reason: 'because',
  because: 'because',
  why: 'why',
  does: 'step',
  outcome: 'it was',
  checks: 'checked',
  approval: 'needs approval',
  riskReasons: 'risky because',
  liftedBy: 'lifted by',
};

/** What else a record says, as plain text: `because memory leak, roles oncall, step Restart the copy api`. */
export function factsText(facts: Facts, event = ''): string {
  const { step, ...others } = facts;
  const shown = 'does' in others ? others : facts; // a step is called by what it does
  const stands = (name: string) =>
    event.startsWith('incident.') && standing[name]?.includes(event) === false;
  return Object.entries(step === undefined ? facts : shown)
    .filter(([name, value]) => !told.has(name) && !stands(name) && !isEmpty(value))
    .map(([name, value]) => `${names[name] ?? name} ${figure(name, value) ?? plain(value)}`)
    .join(', ');
}

/** How long something is, which is kept as milliseconds. */
const figure = (name: string, value: Json): string | null =>
  typeof value === 'number' && lengths.has(name) ? formatDuration(value) : null;

const lengths = new Set(['every', 'ms', 'after', 'took', 'within', 'lateBy']);

/** Nothing else that is written down is as great as a moment of this century, in milliseconds since 1970. */
const isMoment = (value: number): boolean => value > 1e12 && value < 4.2e12;

const isEmpty = (value: Json): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** Data as somebody would say it. */
export function plain(value: Json): string {
  if (value === null) return 'none';
  if (value === true || value === false) return value ? 'yes' : 'no';
  if (typeof value === 'number' && isMoment(value)) return new Date(value).toISOString();
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(plain).join('; ');
  const { kind, name, ok, seen, why, ...rest } = value as { readonly [key: string]: Json };
  if (name !== undefined && ok !== undefined) return checkText(name, ok, seen);
  const outcome = kind === undefined ? [] : [plain(kind)];
  const said = [seen, why]
    .filter((one) => one !== undefined && one !== null)
    .map((one) => plain(one as Json));
  const others = Object.entries(rest).map(([key, one]) => `${key} ${plain(one)}`);
  const named = [name, ok].filter((one) => one !== undefined).map((one) => plain(one as Json));
  return [[...named, ...outcome].join(' '), said.join(': '), others.join(', ')]
    .filter((part) => part !== '')
    .join(': ');
}

const checkText = (name: Json, ok: Json, seen: Json | undefined): string =>
  `${plain(name)} ${ok === true ? 'passed' : 'did not pass'}${seen ? ` (${plain(seen)})` : ''}`;
