import type { Contact, IncidentRules, SeverityClock } from './incident-rules.ts';
import type { Severity } from './severity.ts';

const minute = 60_000;

const serious: SeverityClock = {
  acknowledge: 5 * minute,
  updateEvery: 15 * minute,
  workingHours: false,
  unacknowledged: [
    { after: 5 * minute, contact: 'secondary' },
    { after: 10 * minute, contact: 'manager' },
  ],
  unresolved: [{ after: 5 * minute, contact: 'manager' }],
  acknowledgedFor: 30 * minute,
  watch: 15 * minute,
  watchAfterRelease: 30 * minute,
  reviewDays: 3,
};

const partial: SeverityClock = {
  ...serious,
  acknowledge: 15 * minute,
  updateEvery: 30 * minute,
  unacknowledged: [
    { after: 15 * minute, contact: 'secondary' },
    { after: 30 * minute, contact: 'manager' },
  ],
  unresolved: [{ after: 60 * minute, contact: 'manager' }],
  acknowledgedFor: 60 * minute,
  reviewDays: 5,
};

const minor: SeverityClock = {
  ...serious,
  acknowledge: 30 * minute,
  updateEvery: 120 * minute,
  workingHours: true,
  unacknowledged: [],
  unresolved: [],
  acknowledgedFor: null,
  reviewDays: null,
};

const cosmetic: SeverityClock = { ...minor, acknowledge: 240 * minute, updateEvery: null };

/** What each severity promises when the file does not say: the figures of the runbooks, where they have any. */
export const usualClocks: Readonly<Record<Severity, SeverityClock>> = {
  1: serious,
  2: partial,
  3: minor,
  4: cosmetic,
};

/** What is otherwise while it is about security (runbooks 002 and 003). */
export const usualSecurity: IncidentRules['security'] = {
  unacknowledged: [],
  unresolved: [
    { after: 0, contact: 'security' },
    { after: 15 * minute, contact: 'ciso' },
  ],
  watch: 30 * minute,
  updateEvery: 15 * minute,
};

/** The names that the usual ladders call, in their order, and the role that each stands for. */
export const usualContacts: readonly Contact[] = [
  { name: 'primary', who: ['oncall:primary', 'role:oncall'] },
  { name: 'secondary', who: ['oncall:secondary', 'role:secondary'] },
  { name: 'manager', who: ['role:manager'] },
  { name: 'security', who: ['role:security'] },
  { name: 'ciso', who: ['role:ciso'] },
];

/** What counts where the file says nothing, but for whom its roles and on-call lists make reachable. */
export const usualIncidentRules: IncidentRules = {
  clock: usualClocks,
  security: usualSecurity,
  contacts: usualContacts,
  words: {},
  cadence: { least: 5 * minute, most: 240 * minute },
  roles: { responders: [], managers: ['manager'], security: ['security'] },
  channels: { announce: null, stakeholders: null },
  duplicateWithin: 10 * minute,
  working: { zone: 'UTC', days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 },
};
