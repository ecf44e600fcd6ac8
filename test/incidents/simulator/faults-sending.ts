import type { Fault } from '../../support/faulty-code.ts';

/** Mistakes of what brings messages to Slack, and of what is left out of them. */
export const sendingFaults: readonly Fault[] = [
  {
    name: 'two posts come into a channel at once',
    edits: [
      {
        file: 'bot/outbox/outbox-attempt.ts',
        from: '  gates.close(gate, apart.posts);\n',
        to: '',
      },
    ],
  },
  {
    name: 'what Slack asked patience for is asked again at once',
    edits: [
      {
        file: 'bot/outbox/outbox-calls.ts',
        from: "if (trouble.kind === 'limited') gates.close(gate, trouble.retryIn);",
        to: '',
      },
      {
        file: 'bot/outbox/outbox-trouble.ts',
        from: "return of('limited', error.retryAfter * 1_000);",
        to: "return of('limited', 500);",
      },
    ],
  },
  {
    name: 'what may have arrived is not looked for before it is sent again',
    edits: [
      {
        file: 'bot/outbox/outbox-attempt.ts',
        from: 'if (!row.ambiguous) return ok(null);',
        to: 'if (row.kind !== null) return ok(null);',
      },
    ],
  },
  {
    name: 'of a history only the first page is read',
    edits: [
      {
        file: 'bot/outbox/outbox-search.ts',
        from: "if (has_more) throw new Error('Slack does not say how the history goes on');",
        to: '',
      },
      {
        file: 'bot/outbox/outbox-search.ts',
        from: 'cursor = response_metadata?.next_cursor;',
        to: 'cursor = response_metadata?.next_cursor && undefined;',
      },
    ],
  },
  {
    name: 'calls are left out as well when they are of the past',
    edits: [
      {
        file: 'store/memory/memory-incident-messages.ts',
        from: '      row.priority > 0 &&\n',
        to: '',
      },
    ],
  },
  {
    name: 'nobody says how much was left out',
    edits: [
      {
        file: 'incidents/calling/say-slack-back.ts',
        from: 'leftOut: mine.length, leftOutUntil }',
        to: 'leftOut: 0, leftOutUntil }',
      },
    ],
  },
];
