/** What every command about incidents declares, by what it is about. */
export * from './incident-declared/ends.ts';
export * from './incident-declared/looking.ts';
export * from './incident-declared/people.ts';
export * from './incident-declared/states.ts';
export * from './incident-declared/updates.ts';
