import type { Driver } from '../core/driver.ts';
import { cognito } from './cognito.ts';
import { evidence } from './evidence.ts';
import { http } from './http.ts';
import { httpAdmin } from './http-admin.ts';
import { kubernetes } from './kubernetes.ts';
import { postgres } from './postgres.ts';
import { process } from './process.ts';
import { redis } from './redis.ts';

/** Every driver there is. A new one is its file, a line here and its test. */
export const drivers: readonly Driver[] = [
  process,
  http,
  httpAdmin,
  redis,
  postgres,
  kubernetes,
  cognito,
  evidence,
];
