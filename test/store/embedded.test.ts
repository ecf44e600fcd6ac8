import { afterAll, beforeAll } from 'vitest';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { storeContract } from '../contracts/store.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
let store: Store;

beforeAll(async () => {
  store = await openStore({ dataDir: folder.path, log: quietLog });
});
afterAll(async () => {
  await store?.close();
  await folder.remove();
});

storeContract(() => store);
