import { afterAll } from 'vitest';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { storeContract } from '../contracts/store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

storeContract(() => openEmbedded(folder.path));
