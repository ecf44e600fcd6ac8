import type { Fault } from '../../support/faulty-code.ts';

/** Mistakes about people who can do nothing any more. */
export const leavingFaults: readonly Fault[] = [
  {
    name: 'whoever has left while nobody heard of it keeps what they have',
    edits: [
      {
        file: 'incidents/keeping/vacate.ts',
        from: 'if (why !== null) await vacate(all, person, why);',
        to: 'if (why !== null) await vacate([], person, why);',
      },
    ],
  },
  {
    name: 'whoever has left is relied upon as the one who is on it',
    edits: [
      {
        file: 'incidents/events/person-left.ts',
        from: 'held.acknowledged ? reopenedLadder(incident, now) : incident,',
        to: 'incident,',
      },
    ],
  },
  {
    name: 'what was offered to whoever has left stays theirs to take',
    edits: [
      {
        file: 'incidents/events/person-left.ts',
        from: '.filter(({ to }) => to !== who)',
        to: '',
      },
      {
        file: 'incidents/deadlines.ts',
        from: '  handover: handoverDeadline,',
        to: '  handover: () => null,',
      },
    ],
  },
  {
    name: 'somebody is taken for gone who is there',
    edits: [
      {
        file: 'incidents/keeping/vacate.ts',
        from: 'const why = await gone(person).catch(() => null);',
        to: "const why = (await gone(person).catch(() => null)) ?? 'suspended';",
      },
    ],
  },
];
