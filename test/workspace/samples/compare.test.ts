import { describe, expect, test } from 'vitest';
import {
  missingKeys,
  sampleNames,
  unknownKeys,
  wrongTypes,
} from '../../../workspace/samples/compare.ts';

describe('holding a payload against a sample', () => {
  test('names the keys that the sample does not have', () => {
    const ours = { command: '/auth', colour: 'red', extra: { deep: [{ a: 1 }] } };
    expect(unknownKeys('slash_commands', ours)).toEqual([
      'colour',
      'extra',
      'extra.deep',
      'extra.deep[].a',
    ]);
  });

  test('looks into lists, once for all items', () => {
    const actions = [{ action_id: 'a', shape: 1 }, { shape: 2 }];
    expect(unknownKeys('block_actions', { actions })).toEqual(['actions[].shape']);
  });

  test('leaves alone what the sample does not open', () => {
    const view = {
      state: { values: { block: { action: { type: 'x' } } } },
      blocks: [{ type: 'x' }],
    };
    expect(unknownKeys('view_submission', { view })).toEqual([]);
  });

  test('names what is missing, and refuses to ask for what Slack does not have', () => {
    const ours = { command: '/auth', text: '' };
    expect(missingKeys('slash_commands', ours, ['command', 'trigger_id'])).toEqual(['trigger_id']);
    expect(() => missingKeys('slash_commands', ours, ['colour'])).toThrow('has no colour');
  });

  test('names values of another kind, but lets null be', () => {
    const ours = { text: 5, command: null, team_id: {}, is_enterprise_install: true };
    expect(wrongTypes('slash_commands', ours)).toEqual([
      'text: int, not str',
      'team_id: object or list, not str',
    ]);
  });

  test('knows its samples by name', () => {
    expect(sampleNames).toEqual(
      expect.arrayContaining(['block_actions', 'chat.update', 'user_change']),
    );
    expect(() => unknownKeys('nothing', {})).toThrow('no sample called nothing');
  });
});
