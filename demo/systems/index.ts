import type { Flavour } from '../flavour.ts';
import { rmsAuth } from './rms-auth.ts';

/** The systems of the demo, in the order of their runbooks. */
export const flavours: readonly Flavour[] = [rmsAuth];
