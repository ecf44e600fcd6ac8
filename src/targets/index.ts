import type { Driver } from '../core/driver.ts';
import { http } from './http.ts';

/** Every driver there is. A new one is its file, a line here and its test. */
export const drivers: readonly Driver[] = [http];
