import { z } from 'zod';
import { defineQuery } from '../core/query.ts';
import type { Next, Part, Report } from '../core/report.ts';
import type { Danger } from './explain/danger.ts';
import { dangers } from './explain/dangers.ts';
import { lookup } from './explain/lookup.ts';

/** Every runbook: what a dangerous command of theirs really does, before somebody pastes it. */
export const explain = defineQuery({
  name: 'explain',
  summary: 'Says what a dangerous runbook command really does, and what to do instead.',
  examples: ['explain flushall', 'explain kill -USR2', 'explain'],
  aliases: ['danger', 'dangers'],
  risk: 'read',
  aim: 'none',
  runbook: '000 to 004, every command that does something else than it says',
  params: z.strictObject({
    words: z.array(z.string()).default([]).describe('The command, or a word of it.'),
  }),

  async run({ words }) {
    const asked = words.join(' ').trim();
    if (asked === '') return everything('Runbook commands that do harm');
    const { exactly, maybe } = lookup(asked, dangers);
    if (exactly) return about(exactly);
    if (maybe.length > 0) return choice(`Which one is “${clip(asked)}”?`, maybe);
    return everything(`Nothing is known about “${clip(asked)}”`);
  },
});

const about = ({ name, happens, instead, runbook }: Danger): Report => ({
  title: name,
  parts: [
    { kind: 'text', text: `What happens: ${happens}` },
    { kind: 'text', text: `Instead: ${instead}` },
    { kind: 'facts', facts: [{ name: 'In the runbooks', value: runbook }] },
  ],
  next: [{ label: 'All of them', command: 'explain' }],
});

const choice = (title: string, maybe: readonly Danger[]): Report => ({
  title,
  parts: [
    listOf(maybe),
    { kind: 'text', text: 'It may be none of them: not everything that does harm is known here.' },
  ],
  next: [...maybe.map(toNext), { label: 'All of them', command: 'explain' }],
});

const everything = (title: string): Report => ({
  title,
  parts: [
    {
      kind: 'text',
      text: 'Ask for one with /auth explain and its name. A command that is not in the list may do harm all the same.',
    },
    listOf(dangers),
  ],
  next: [],
});

const listOf = (some: readonly Danger[]): Part => ({
  kind: 'facts',
  facts: some.map(({ name, gist }) => ({ name, value: gist })),
});

const toNext = ({ id, name }: Danger): Next => ({ label: name, command: `explain ${id}` });

const clip = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 59)}…`);
