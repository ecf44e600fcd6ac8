import { join, resolve } from 'node:path';

/** Where the demo lives: DEMO_DATA, else `demo` in the folder where Gatehouse keeps its data. */
export const dataFolder = (): string =>
  resolve(process.env.DEMO_DATA || join(process.env.GATEHOUSE_DATA || '.gatehouse', 'demo'));
