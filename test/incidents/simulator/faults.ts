import type { Fault } from '../../support/faulty-code.ts';

/** Mistakes that must each be found. */
export const faults: readonly Fault[] = [
  {
    name: 'evidence is kept anew with every try',
    edits: [
      {
        file: 'incidents/keeping/keep-evidence.ts',
        from: 'evidenceOrigin(id, evidence));',
        to: 'evidenceOrigin(id, { wantedBy: found.now }));',
      },
    ],
  },
  {
    name: 'evidence is wanted of what is declared to be about security, and of nothing that turns out to be',
    edits: [
      {
        file: 'incidents/deeds/set-security.ts',
        from: 'return wantingTraces(wantingEvidence(incident, wanting), now);',
        to: 'return wantingTraces(incident, now);',
      },
    ],
  },
  {
    name: 'what everybody could read is left to stand when it turns out to be about security',
    edits: [
      {
        file: 'incidents/deeds/set-security.ts',
        from: 'return wantingTraces(wantingEvidence(incident, wanting), now);',
        to: 'return wantingEvidence(incident, wanting);',
      },
    ],
  },
  {
    name: 'evidence that was not asked for is not tried again',
    edits: [
      {
        file: 'incidents/events/evidence.ts',
        from: ': { ...wanted, tries, why, at: now + pause };',
        to: ': { ...wanted, tries, why, at: now + 1_000 * pause };',
      },
    ],
  },
  {
    name: 'who declares the same a moment later is not told of the first',
    edits: [
      {
        file: 'incidents/duplicates.ts',
        from: 'if (incident.declaredBy.team !== team || (security && !incident.security)) return false;',
        to: 'if (team !== id) return false;',
      },
    ],
  },
  {
    name: 'of two who declare the same in one instant neither is told',
    edits: [
      {
        file: 'store/memory/memory-incidents.ts',
        from: 'if (other) return { incident: other, fresh: false, duplicate: true };',
        to: '',
      },
    ],
  },
  {
    name: 'missed slots are not counted',
    edits: [
      {
        file: 'incidents/updating/posted.ts',
        from: 'merged: updates.merged + merged,',
        to: 'merged: 0,',
      },
    ],
  },
  {
    name: 'one slot too many is said to be merged',
    edits: [
      {
        file: 'incidents/updating/posted.ts',
        from: 'Math.max(0, passed.count - 1)',
        to: 'Math.max(0, passed.count)',
      },
    ],
  },
  {
    name: 'the grid begins anew with every update',
    edits: [
      {
        file: 'incidents/due/update.ts',
        from: 'slotAfter(incident, slot, every, now)',
        to: 'now + every',
      },
    ],
  },
  {
    name: 'an update comes although its slot was moved meanwhile',
    edits: [
      {
        file: 'incidents/events/due.ts',
        from: 'if (!deadline || deadline.at > circumstances.now) {',
        to: 'if (!deadline) {',
      },
    ],
  },
  {
    name: 'the word of a person leaves the clock as it was',
    edits: [
      {
        file: 'incidents/deeds/updates.ts',
        from: 'const next = deed.nextIn === null ? nextFrom(after, now, after.updates.every) : now + deed.nextIn;',
        to: 'const { next } = after.updates;',
      },
    ],
  },
  {
    name: 'updates go on after it is resolved',
    edits: [
      {
        file: 'incidents/deadlines/updates.ts',
        from: "isOpen(state) && state !== 'triage' && updates.every !== null;",
        to: "state !== 'triage' && updates.every !== null;",
      },
      {
        file: 'incidents/deeds/resolve.ts',
        from: '    updates: { ...updates, next: null },\n',
        to: '',
      },
    ],
  },
  {
    name: 'a lower severity puts off what was promised',
    edits: [
      {
        file: 'incidents/updating/repaced.ts',
        from: 'sooner ? updates.next : fresh',
        to: 'fresh ?? (sooner ? updates.next : fresh)',
      },
    ],
  },
  {
    name: 'another pace forgets what was missed',
    edits: [
      {
        file: 'incidents/updating/missed.ts',
        from: 'next > until) return',
        to: 'next > 0) return',
      },
    ],
  },
  {
    name: 'acknowledging what is over opens it again',
    edits: [
      {
        file: 'incidents/deeds/acknowledge.ts',
        from: "  if (!isOpen(state)) return refused({ kind: 'over', id, state });\n",
        to: '',
      },
    ],
  },
  {
    name: 'a button on an old card still works',
    edits: [
      {
        file: 'incidents/overtaken.ts',
        from: 'if (moved.version <= seen || afterwards.includes(kind)) return null;',
        to: 'if (moved.version <= seen + 9 || afterwards.includes(kind)) return null;',
      },
    ],
  },
  {
    name: 'after nobody was there the ladder goes on from its first rung',
    edits: [
      {
        file: 'incidents/due/climb.ts',
        from: 'const reached = Math.max(reachedBy(incident, kind, circumstances.now), done + 1);',
        to: 'const reached = done + 1;',
      },
    ],
  },
  {
    name: 'nobody is called any more once an acknowledgement has expired',
    edits: [
      {
        file: 'incidents/calling/reopened-ladder.ts',
        from: 'acknowledge: { from: now, done: 0 }',
        to: 'acknowledge: { from: now, done: 99 }',
      },
    ],
  },
  {
    name: 'a ladder counts anew with every change',
    edits: [
      {
        file: 'incidents/deeds/stay.ts',
        from: "'still-on-it': { from: now, done: 0 } }",
        to: "'still-on-it': { from: now, done: 0 }, unresolved: { from: now, done: 0 } }",
      },
    ],
  },
  {
    name: 'where nobody can be reached nobody hears of that',
    edits: [
      {
        file: 'incidents/calling/call.ts',
        from: 'people.length === 0 ? announced(incident, 0) : toPeople(people, 0)',
        to: 'toPeople(people, 0)',
      },
    ],
  },
  {
    name: 'whoever is called hears of it when there is time',
    edits: [
      {
        file: 'incidents/calling/call.ts',
        from: ': toPeople(people, 0);',
        to: ': toPeople(people, 2);',
      },
    ],
  },
  {
    name: 'an offered role is anybody’s who accepts it',
    edits: [
      {
        file: 'incidents/deeds/roles.ts',
        from: 'incident.handovers.find((one) => one.role === role && one.to === by)',
        to: 'incident.handovers.find((one) => one.role === role)',
      },
    ],
  },
  {
    name: 'who offers a role has lost it before it is accepted',
    edits: [
      {
        file: 'incidents/deeds/roles.ts',
        from: 'const after = { ...incident, handovers: [...others, offer] };',
        to: 'const after = heldBy({ ...incident, handovers: [...others, offer] }, role, { by: to, at: now });',
      },
    ],
  },
  {
    name: 'an offer stands for ever',
    edits: [
      {
        file: 'incidents/deadlines.ts',
        from: '  handover: handoverDeadline,',
        to: '  handover: () => null,',
      },
    ],
  },
  {
    name: 'a call that nobody answers is waited for',
    edits: [
      {
        file: 'incidents/deadlines.ts',
        from: "  'escalation-answer': answerDeadline,",
        to: "  'escalation-answer': () => null,",
      },
    ],
  },
  {
    name: 'nobody is asked whether they are still on it',
    edits: [
      {
        file: 'incidents/deadlines.ts',
        from: "  'still-on-it': stillOnItDeadline,",
        to: "  'still-on-it': () => null,",
      },
    ],
  },
  {
    name: 'anybody lowers a severity',
    edits: [
      {
        file: 'permissions/incident-rights.ts',
        from: "deed.to > incident.severity ? leading(incident, 'lower the severity') : null",
        to: 'null',
      },
    ],
  },
  {
    name: 'the watch passes although nobody has looked',
    edits: [
      {
        file: 'incidents/due/watch.ts',
        from: 'incident.target !== null && !isSeen(',
        to: 'incident.target !== null && samples.length > 999 && !isSeen(',
      },
    ],
  },
  {
    name: 'red checks are not noticed any more once the watch runs',
    edits: [
      {
        file: 'incidents/watching/sampler.ts',
        from: 'if (incident.watch === null) return;',
        to: 'if (incident.watch !== null) return;',
      },
    ],
  },
  {
    name: 'a grave one is resolved without the watch and without a reason',
    edits: [
      {
        file: 'incidents/deeds/resolve.ts',
        from: "if (resolution.withoutWatch === null) return { kind: 'needs-watch' };",
        to: 'if (resolution.withoutWatch === null) return null;',
      },
    ],
  },
  {
    name: 'a change whose outcome nobody knows is made again',
    edits: [
      {
        file: 'incidents/commit-incident.ts',
        from: 'if (settled !== undefined) return settled;',
        to: 'before = { ...before, version: before.version + 1 };\n      whole.before = before;',
      },
    ],
  },
  {
    name: 'a change is made to whatever it is by now',
    edits: [
      {
        file: 'store/memory/memory-incidents.ts',
        from: 'if (!old || old.incident.version !== version) return',
        to: 'if (!old) return',
      },
    ],
  },
  {
    name: 'the same delivery declares again',
    edits: [
      {
        file: 'incidents/create-incidents.ts',
        from: 'commitDeclared(tools, founded, origin, ',
        to: 'commitDeclared(tools, founded, null, ',
      },
    ],
  },
  {
    name: 'deadlines that somebody deleted stay away',
    edits: [
      {
        file: 'incidents/keeping/repair-all.ts',
        from: 'if (deadlines.length === 0 && !asleep) continue;',
        to: 'if (deadlines.length < 99) continue;',
      },
    ],
  },
  {
    name: 'an incident that was taken by a process that died is nobody’s',
    edits: [
      {
        file: 'store/memory/memory-incident-lists.ts',
        from: 'row.takenUntil = now + lease;',
        to: 'row.takenUntil = now + 1_000 * lease;',
      },
      {
        file: 'store/memory/memory-incidents.ts',
        from: '...old, incident, takenUntil: 0',
        to: '...old, incident',
      },
    ],
  },
  {
    name: 'everybody reads of a matter of security',
    edits: [
      {
        file: 'incidents/places.ts',
        from: 'return to === null || incident.security ? []',
        to: 'return to === null ? []',
      },
    ],
  },
  {
    name: 'a step of the channel that failed is not tried again',
    edits: [
      {
        file: 'incidents/deadlines/afterwards.ts',
        from: 'return first ?',
        to: 'return first && first.tries === 0 ?',
      },
    ],
  },
  {
    name: 'reminders of an overdue update never begin',
    edits: [
      {
        file: 'incidents/deadlines.ts',
        from: '  overdue: overdueDeadline,',
        to: '  overdue: () => null,',
      },
    ],
  },
  {
    name: 'a reminder of the same step comes again',
    edits: [
      {
        file: 'incidents/due/reminders.ts',
        from: 'const ends = reached > mostOverdue;',
        to: 'const ends = reached > mostOverdue;\n  counted.overdue.done = deadline.step;',
      },
    ],
  },
];
