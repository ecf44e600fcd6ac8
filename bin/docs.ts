import { writeFileSync } from 'node:fs';
import { pages } from './pages.ts';

/** `npm run docs`: writes every page of docs/ that is made from code. */
for (const [path, text] of Object.entries(pages)) {
  writeFileSync(new URL(`../${path}`, import.meta.url), text);
  console.log(`wrote ${path}`);
}
