import { expect, test } from 'vitest';
import { homeView } from '../../src/views/home.ts';

const at = Date.UTC(2026, 0, 2, 3, 4, 5);
const home = { roles: ['oncall'], unverified: null, status: null, commands: [], next: [] };

test('the Home tab says when it was drawn: it may stay open for hours', () => {
  const text = JSON.stringify(homeView(home, at));
  expect(text).toContain(`<!date^${at / 1_000}^`);
  expect(text).toContain('2026-01-02 03:04');
  const blind = JSON.stringify(homeView({ ...home, unverified: 'a timeout' }, at));
  expect(blind).toContain(`<!date^${at / 1_000}^`);
});
