import { describe } from 'vitest';
import { memoryStore } from '../../src/store/memory-store.ts';
import { runsContract } from '../contracts/runs.ts';
import { realClock } from '../support/clock.ts';

let passed = 0;
const clock = { now: () => realClock.now() + passed, monotonic: realClock.monotonic };
const store = memoryStore({ clock });
const pass = async (ms: number) => {
  passed += ms;
};

describe('runs', () => runsContract(() => ({ store, pass })));
