import { memoryIntake } from '../../src/store/memory/memory-intake.ts';
import { intakeContract } from '../contracts/intake.ts';

const intake = memoryIntake();

intakeContract(() => intake);
