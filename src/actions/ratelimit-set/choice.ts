import type { On } from '../../core/action.ts';
import { nearest } from '../../core/near.ts';
import { isNewer } from '../lasting.ts';
import type { Check } from '../user/checks.ts';

/** What is in force. */
export type Limit = Pick<
  Awaited<ReturnType<On<'rateLimit'>['can']['rateLimit']['read']>>,
  'preset' | 'until'
>;

/** What was asked for. */
export interface Wanted {
  preset: string;
  /** As it was typed; none for ever. */
  for?: string | undefined;
}

/** The preset that a service has when nobody has done anything. */
export const usualOf = ({ can }: On<'rateLimit'>): string => can.rateLimit.presets()[0] ?? '';

/** Presets and no figures: runbook 003 sets 50 to increase a limit that is 100. */
export function choiceChecks(wanted: Wanted, limit: Limit, on: On<'rateLimit'>): Check[] {
  const { preset } = wanted;
  const known = on.can.rateLimit.presets();
  const isKnown = known.includes(preset);
  const isUsual = preset === usualOf(on);
  const kept = isUsual ? whyKept(limit, on) : null;
  return [
    { name: 'preset', ok: isKnown, seen: isKnown ? `it has ${preset}` : offer(preset, known) },
    { name: 'expiry', ...expiry(wanted, isUsual, usualOf(on)) },
    { name: change, ok: kept === null, seen: kept ?? limit.preset },
  ];
}

/** Why the usual preset need not, or must not, take the place of what is in force; null when it is to. */
function whyKept(limit: Limit, on: On<'rateLimit'>): string | null {
  const { preset } = limit;
  if (preset === usualOf(on)) return `${preset} is in force already`;
  const isOther = on.request.ends && isNewer(limit, on.clock.now());
  return isOther ? `${preset} was set since then, and ends later` : null;
}

/** Whether a check only says that there is nothing to do. */
export const isIdle = ({ name }: Check): boolean => name === change;

const change = 'change';

function offer(preset: string, known: readonly string[]): string {
  const near = nearest(preset, known);
  const hint = near.length > 0 ? `what comes nearest is ${near.join(' or ')}` : 'it has';
  return near.length > 0
    ? `there is no preset ${preset}; ${hint}`
    : `there is no preset ${preset}; ${hint} ${known.join(', ')}`;
}

function expiry({ for: lasts }: Wanted, isUsual: boolean, usual: string) {
  if (isUsual && lasts !== undefined) {
    return { ok: false, seen: `${usual} stays until somebody changes it: leave --for out` };
  }
  if (!isUsual && lasts === undefined) {
    return { ok: false, seen: `only ${usual} may stay: say with --for how long it lasts` };
  }
  return { ok: true, seen: lasts === undefined ? 'it stays' : `it ends after ${lasts}` };
}

/** Whether it lets fewer or more requests through than now. */
export function directionOf(preset: string, current: string, on: On<'rateLimit'>): string {
  const place = (name: string) => on.can.rateLimit.presets().indexOf(name);
  const [from, to] = [place(current), place(preset)];
  if (from < 0) return `It replaces ${current}, which the configuration file does not know`;
  if (to > from)
    return `It tightens: fewer requests of one address get through than with ${current}`;
  if (to < from) return `It loosens: more requests of one address get through than with ${current}`;
  return `It stays at ${current}, with another end`;
}
