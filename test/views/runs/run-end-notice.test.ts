import { describe, expect, test } from 'vitest';
import { isOver, runStates } from '../../../src/core/run.ts';
import { endNotice } from '../../../src/views/runs/run-end-notice.ts';
import { checkMessage } from '../../../workspace/blocks/check.ts';
import { someRun } from '../../support/some-run.ts';

describe('the notice of an end', () => {
  test.each(runStates.filter(isOver))('says which run it was and how it ended: %s', (state) => {
    const why = 'the check did not come back <!channel>';
    const message = endNotice(someRun({ state, why }));
    const said = JSON.stringify(message);
    expect(checkMessage(message as never)).toBeNull();
    expect(message.text).toMatch(/^Restart rms-auth@prod: \w/);
    expect(said).toContain('`/auth run R7`');
    expect(said).not.toContain('<!channel>');
    expect(said).not.toContain('action_id'); // its card has the buttons
  });

  test('is a line when all went well, and says what to do when it did not', () => {
    const good = endNotice(someRun({ state: 'succeeded' }));
    const bad = JSON.stringify(endNotice(someRun({ state: 'interrupted' })));
    expect(JSON.stringify(good)).not.toContain('UONCALL');
    expect(bad).toContain('Nothing is done again by itself');
    expect(bad).toContain('<@UONCALL> had asked for it');
  });
});
