import { afterAll } from 'vitest';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { storeContract } from '../contracts/store.ts';
import { dataFolder } from '../support/data-folder.ts';

const folder = await dataFolder();
afterAll(() => folder.remove());

storeContract(() => openEmbedded(folder.path));
