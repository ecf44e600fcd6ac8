import { afterAll, describe } from 'vitest';
import { dataFolder } from '../../support/data-folder.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { keepsItsPromises, seconds } from './promises.ts';

describe(`one bot with an embedded database, killed for ${seconds} s while incidents are open`, () => {
  let remove = async () => {};
  afterAll(() => remove());
  keepsItsPromises(async () => {
    const data = await dataFolder();
    remove = data.remove;
    const database = { dataDir: data.path, log: quietLog };
    return { bots: 1, env: { GATEHOUSE_DATA: data.path }, database };
  });
});
