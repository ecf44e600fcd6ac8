import { afterAll, describe } from 'vitest';
import { openEmbedded } from '../../../src/store/database/open-embedded.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { schedulesOn } from './on-database.ts';

describe('on the embedded database', () => {
  let remove = async () => {};
  afterAll(() => remove());
  schedulesOn(
    async () => {
      const data = await dataFolder();
      remove = data.remove;
      return openEmbedded(data.path);
    },
    Number(process.env.INCIDENTS_EMBEDDED ?? 5),
  );
});
