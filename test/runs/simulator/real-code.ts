import { TargetError } from '../../../src/core/errors.ts';
import { createRunner } from '../../../src/runs/create-runner.ts';
import { whyStopped } from '../../../src/runs/why-stopped.ts';
import type { Code } from './truth.ts';

/** The code as it is, without a fault. */
export const realCode: Code = { createRunner, TargetError, whyStopped };
