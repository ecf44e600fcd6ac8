import { expect, test } from 'vitest';
import type { AuditRecord } from '../../../src/core/audit.ts';
import type { Json } from '../../../src/core/json.ts';
import { updateBlocks } from '../../../src/views/incidents/incident-update.ts';

const withChart = (chart: Json) =>
  updateBlocks({
    subject: 'INC-1',
    version: 7,
    facts: { figures: { health: 'all 4 checks are up', chart } },
  } as unknown as AuditRecord);

test('an update shows its picture by itself, and says what is on it to whoever does not see it', () => {
  const blocks = withChart({ file: 'F1', alt: 'rms-auth was down from 12:00 to 12:10' });
  expect(blocks.at(-1)).toMatchObject({
    type: 'image',
    slack_file: { id: 'F1' },
    alt_text: 'rms-auth was down from 12:00 to 12:10',
  });
});

test('an update whose picture could not be sent says in words what would have been on it', () => {
  const blocks = withChart({ file: null, alt: 'rms-auth was down from 12:00 to 12:10' });
  expect(blocks.map(({ type }) => type)).not.toContain('image');
  expect(JSON.stringify(blocks)).toContain('all 4 checks are up');
  expect(JSON.stringify(blocks.at(-1))).toContain('rms-auth was down from 12:00 to 12:10');
});
