import { expect, test } from 'vitest';
import { lateReviewMessage } from '../../../src/views/runs/late-review.ts';
import { checkMessage } from '../../../workspace/blocks/check.ts';
import { asked, someRun } from '../../support/some-run.ts';

const day = 86_400_000;
const run = someRun({ state: 'succeeded', id: 'R-<7>' });
const open = { usedAt: asked, dueAt: asked + day };
const page = { run, open, number: 2, roles: ['manager', 'auditor'] };
const text = (change: Partial<typeof page> | { open: null }) =>
  JSON.stringify(lateReviewMessage({ ...page, ...change }));

test('says who did what, until when it was to be reviewed, what that means and what to do', () => {
  for (const said of [
    'A review is late.* <@UONCALL> did without the approvals of others <!date^1767323045^',
    'Somebody else was to look at it until <!date^1767409445^',
    '`/auth review R-&lt;7&gt; \\"how it was\\"`',
    '<@UONCALL> cannot use break-glass again',
    'This is reminder 2 of 3',
  ]) {
    expect(text({})).toContain(said);
  }
  expect(checkMessage({ ...lateReviewMessage(page), method: 'chat.postMessage' })).toBeNull();
});

test('says in the end that nobody is reminded any more, and who could do it', () => {
  expect(text({ number: 4 })).toContain('were reminded 3 times, and nobody is any more');
  expect(text({ number: 4 })).toContain('the role `manager` or `auditor`');
});

test('says of what was reviewed meanwhile that nothing is left to do', () => {
  expect(text({ open: null })).toContain('has been reviewed meanwhile. Nothing is left to do.');
});
