import type { Fault } from '../../support/faulty-code.ts';

/** Mistakes that must each be found. */
export const faults: readonly Fault[] = [
  {
    name: 'one person fills several slots',
    edits: [
      {
        file: 'permissions/matching.ts',
        from: 'if (other !== undefined && !seat(other, people, taken, asked)) return false;',
        to: '',
      },
    ],
  },
  {
    name: 'the requester counts',
    edits: [
      {
        file: 'permissions/approval.ts',
        from: "  if (person.id === requester) return err({ kind: 'own-request' });\n  const eligible",
        to: '  const eligible',
      },
      { file: 'permissions/approval.ts', from: '      vote.person !== requester &&\n', to: '' },
    ],
  },
  {
    name: 'whoever it is about counts',
    edits: [
      {
        file: 'runs/asking/people.ts',
        from: 'about ? plans.flatMap((plan) => about(run.params, plan)) : []',
        to: '[]',
      },
    ],
  },
  {
    name: 'one’s own word counts about oneself',
    edits: [
      {
        file: 'permissions/approval.ts',
        from: 'about.includes(requester) && approval.slots.every(({ n }) => n === 0);',
        to: 'about.includes(requester) && approval.slots.length > 9;',
      },
    ],
  },
  {
    name: 'any role may vote, and counts',
    edits: [
      {
        file: 'permissions/approval.ts',
        from: 'return fills(approval.slots, countedVotes(question, votes));',
        to: 'return countedVotes(question, votes).length > 0;',
      },
    ],
  },
  {
    name: 'anybody can confirm',
    edits: [
      {
        file: 'permissions/approval.ts',
        from: "if (person.id !== requester) return err({ kind: 'not-yours' });",
        to: '',
      },
      {
        file: 'permissions/approval.ts',
        from: "kind === 'confirm' && person === requester && hash === planHash",
        to: "kind === 'confirm' && hash === planHash",
      },
    ],
  },
  {
    name: 'a click on another plan counts for this one',
    edits: [
      {
        file: 'runs/voting/take-vote.ts',
        from: 'if (planHash.length < planCodeLength || !plan.hash.startsWith(planHash)) {',
        to: "if (kind === 'deny') {",
      },
    ],
  },
  {
    name: 'nobody asks for the one-time password',
    edits: [
      {
        file: 'runs/voting/take-vote.ts',
        from: "if (vote.kind === 'deny' || question.approval.stepUp === undefined) return ok(seen);",
        to: 'if (vote.person) return ok({ ...seen, vote: { ...vote, steppedUp: true } });',
      },
      {
        file: 'runs/voting/still-proven.ts',
        from: 'if (stepUp === undefined) return votes;',
        to: 'if (stepUp !== null) return votes;',
      },
    ],
  },
  {
    name: 'a one-time password that is wrong is as good',
    edits: [
      {
        file: 'runs/voting/take-vote.ts',
        from: "if (proof.kind !== 'ok') return err({ kind: 'not-proven', proof });",
        to: '',
      },
      {
        file: 'runs/voting/still-proven.ts',
        from: 'if (stepUp === undefined) return votes;',
        to: 'if (stepUp !== null) return votes;',
      },
    ],
  },
  {
    name: 'it is not planned again',
    edits: [
      {
        file: 'runs/executing/drive-run.ts',
        from: 'if (!(await stillThePlan(tools, claim.run))) return;',
        to: '',
      },
    ],
  },
  {
    name: 'another hash is as good',
    edits: [
      {
        file: 'runs/claiming/replan.ts',
        from: 'if (plan.hash !== run.plan?.hash) return { why: differenceOf(run.plan, plan), newPlan: plan };',
        to: '',
      },
    ],
  },
  {
    name: 'the hash leaves the facts out',
    edits: [
      {
        file: 'runs/planning/plan-hash.ts',
        from: 'canonicalJson({ ...subject, facts, steps, risk, undo, revert })',
        to: 'canonicalJson({ ...subject, steps, risk, undo, revert })',
      },
    ],
  },
  {
    name: 'the hash leaves the policy out',
    edits: [
      {
        file: 'runs/planning/plan-hash.ts',
        from: 'const subject = { action, version, target, params, policyVersion };',
        to: 'const subject = { action, version, target, params, policyVersion: "" };',
      },
    ],
  },
  {
    name: 'the claim does not ask whether the approval is still good',
    edits: [
      {
        file: 'runs/claiming/claim-run.ts',
        from: "    before: 'validUntil',\n",
        to: '',
      },
    ],
  },
  {
    name: 'a vote is taken after the waiting is over',
    edits: [
      {
        file: 'runs/voting/take-vote.ts',
        from: "run.state === 'waiting' ? 'waitsUntil' : 'validUntil'",
        to: 'undefined as never',
      },
    ],
  },
  {
    name: 'expiry does not ask the database’s clock',
    edits: [
      {
        file: 'runs/voting/expire-run.ts',
        from: "{ patch, event: 'expired', after }",
        to: "{ patch, event: 'expired' }",
      },
    ],
  },
  {
    name: 'nothing expires',
    edits: [
      {
        file: 'runs/voting/expire-run.ts',
        from: 'return deadline !== null && deadline <= clock.now() + skew;',
        to: 'return false;',
      },
    ],
  },
  {
    name: 'a role that was lost still counts at the claim',
    edits: [
      {
        file: 'runs/voting/recheck.ts',
        from: '[{ ...vote, roles: standing.person.roles }]',
        to: '[vote]',
      },
    ],
  },
  {
    name: 'the roles at the claim come from a copy',
    edits: [
      {
        file: 'runs/voting/recheck.ts',
        from: '{ maxAge: 0, roles }',
        to: '{ maxAge: 60_000, roles }',
      },
    ],
  },
  {
    name: 'a directory that does not answer is a yes',
    edits: [
      {
        file: 'runs/voting/recheck.ts',
        from: "if (perhaps) return { kind: 'not-now'",
        to: "if (perhaps) return { kind: 'yes', roles };\n  if (perhaps) return { kind: 'not-now'",
      },
    ],
  },
  {
    name: 'the target is not locked',
    edits: [
      {
        file: 'runs/claiming/claim-run.ts',
        from: "  if (!('fence' in lock)) {\n    const why",
        to: "  if (!('fence' in lock)) {\n    const lost = new AbortController().signal;\n    const none = { fence: 0, lost, check: async () => {}, release: async () => {} };\n    return under(tools, run, none);\n    const why",
      },
    ],
  },
  {
    name: 'the lock is given back before the work is done, and nobody asks for it',
    edits: [
      {
        file: 'runs/executing/drive-run.ts',
        from: '  try {\n    await work();',
        to: '  try {\n    await lock.release();\n    await work();',
      },
      { file: 'runs/executing/execute-run.ts', from: '    await lock.check();\n', to: '' },
      {
        file: 'runs/executing/run-step.ts',
        from: 'await lock.check().then(',
        to: 'await Promise.resolve().then(',
      },
    ],
  },
  {
    name: 'the loss of the lock is not heeded before a step',
    edits: [
      { file: 'runs/executing/execute-run.ts', from: '    await lock.check();\n', to: '' },
      {
        file: 'runs/executing/run-step.ts',
        from: 'if (!held) return',
        to: 'if (held === null) return',
      },
      {
        file: 'runs/executing/run-step.ts',
        from: 'withDeadline(sleep, ms, begin, lock.lost)',
        to: 'withDeadline(sleep, ms, begin)',
      },
    ],
  },
  {
    name: 'steps begin although all changes are stopped',
    edits: [
      {
        file: 'runs/executing/execute-run.ts',
        from: 'return await tools.stopped();',
        to: 'return null;',
      },
    ],
  },
  {
    name: 'the intent is not written down',
    edits: [
      {
        file: 'runs/executing/execute-run.ts',
        from: 'steps: withIntent(run.steps, step.id, tools.clock.now()),',
        to: '',
      },
    ],
  },
  {
    name: 'the step begins before its intent is written down',
    edits: [
      {
        file: 'runs/executing/execute-run.ts',
        from: '  const intended = await commit(tools, run, {',
        to: '  const performed = await runStep(tools, hands, step);\n  const intended = await commit(tools, run, {',
      },
      {
        file: 'runs/executing/execute-run.ts',
        from: '  if (!intended) return null;\n  const performed = await runStep(tools, hands, step);',
        to: '  if (!intended) return null;',
      },
    ],
  },
  {
    name: 'an unknown outcome counts as done',
    edits: [
      {
        file: 'runs/executing/run-step.ts',
        from: "{ kind: untouched ? 'failed' : 'unknown', why }",
        to: "untouched ? { kind: 'failed', why } : { kind: 'done', seen: why }",
      },
    ],
  },
  {
    name: 'what comes of a step too late is taken for what came of it',
    edits: [
      {
        file: 'runs/executing/note-late.ts',
        from: "const change = { patch: {}, event: 'late-result',",
        to: "const change = { patch: { steps: [{ id: step, intentAt: 0, outcome }] }, event: 'late-result',",
      },
    ],
  },
  {
    name: 'an unknown step is tried once more',
    edits: [
      {
        file: 'runs/executing/execute-run.ts',
        from: '  const performed = await runStep(tools, hands, step);',
        to: "  let performed = await runStep(tools, hands, step);\n  if (performed.outcome.kind === 'unknown') performed = await runStep(tools, hands, step);",
      },
    ],
  },
  {
    name: 'a change that went unanswered counts as made',
    edits: [
      {
        file: 'runs/commit.ts',
        from: 'if (settled !== undefined) return heard(tools, settled);',
        to: 'return { ...run, ...change.patch, version: run.version + 1 } as Run;',
      },
    ],
  },
  {
    name: 'the claim of somebody else is taken for one’s own',
    edits: [
      {
        file: 'runs/commit.ts',
        from: 'return found.version === seen.version + 1 && there ? found : null;',
        to: 'return found;',
      },
    ],
  },
  {
    name: 'success is not proved',
    edits: [
      {
        file: 'runs/executing/verify-run.ts',
        from: 'if (!verdict.ok) {',
        to: 'if (!verdict) {',
      },
    ],
  },
  {
    name: 'living runs are taken for dead',
    edits: [
      {
        file: 'runs/recovering/recover-run.ts',
        from: 'if (holders.some(({ owner }) => owner === run.id)) return;',
        to: '',
      },
    ],
  },
  {
    name: 'nobody looks after what a dead process left',
    edits: [
      {
        file: 'runs/recovering/sweep.ts',
        from: "    case 'claimed':\n    case 'executing':\n    case 'verifying':\n      return memory.begin(run.id);",
        to: "    case 'claimed':\n    case 'executing':\n    case 'verifying':\n      return;",
      },
    ],
  },
  {
    name: 'what was interrupted is called finished',
    edits: [
      {
        file: 'runs/recovering/recover-run.ts',
        from: "patch: { state: 'interrupted', steps, why },",
        to: "patch: { state: 'succeeded', steps, why },",
      },
    ],
  },
  {
    name: 'what had begun is called superseded',
    edits: [
      {
        file: 'runs/recovering/recover-run.ts',
        from: "if (run.state === 'claimed') return neverBegan",
        to: "if (run.state !== 'verifying') return neverBegan",
      },
    ],
  },
  {
    name: 'a dead run is begun again',
    edits: [
      {
        file: 'runs/recovering/recover-run.ts',
        from: "if (run.state === 'claimed') return neverBegan(tools, run);",
        to: "if (run.state !== 'verifying') {\n    await commit(tools, run, { patch: { state: 'approved', steps: [] }, event: 'approved' });\n    return;\n  }",
      },
    ],
  },
  {
    name: 'a request whose planner died stays open',
    edits: [
      {
        file: 'runs/recovering/sweep.ts',
        from: 'if (memory.unchangedFor(run) < tools.times.planning) return;',
        to: 'return;',
      },
    ],
  },
  {
    name: 'a no does not end it',
    edits: [
      {
        file: 'runs/voting/take-vote.ts',
        from: "return { patch: { state: 'denied', votes, why }, event: 'denied', actor, facts, before };",
        to: "return { patch: { votes }, event: 'vote', actor, facts, before };",
      },
    ],
  },
  {
    name: 'what is executing can be cancelled',
    edits: [
      {
        file: 'runs/ending/cancel-run.ts',
        from: "  'approved',\n]",
        to: "  'approved',\n  'claimed',\n  'executing',\n]",
      },
    ],
  },
  {
    name: 'what was put up never ends',
    edits: [
      {
        file: 'runs/executing/fixed-end.ts',
        from: 'steps.length === 0 ? { endsIn: plan.revert.after } : {};',
        to: 'steps.length > 9 ? { endsIn: plan.revert.after } : {};',
      },
    ],
  },
  {
    name: 'what was put up ends too early',
    edits: [
      {
        file: 'runs/executing/fixed-end.ts',
        from: '{ endsIn: plan.revert.after }',
        to: '{ endsIn: plan.revert.after / 2 }',
      },
    ],
  },
  {
    name: 'what was put up ends as often as there is time',
    edits: [
      {
        file: 'runs/ending/endings.ts',
        from: 'if (last && !isOver(last.state)) return null;',
        to: '',
      },
      {
        file: 'runs/ending/endings.ts',
        from: "if (done) return { how: 'done', by: done.id };",
        to: '',
      },
    ],
  },
  {
    name: 'what an interrupted run put up does not end',
    edits: [
      {
        file: 'runs/ending/endings.ts',
        from: 'if (!isOver(parent.state)) return [];',
        to: "if (parent.state !== 'succeeded' && parent.state !== 'compensated') return [];",
      },
    ],
  },
  {
    name: 'one try to end it is enough, whatever came of it',
    edits: [
      {
        file: 'runs/ending/endings.ts',
        from: "tries.find(({ state }) => state === 'succeeded')",
        to: 'tries.at(-1)',
      },
    ],
  },
  {
    name: 'a step that may have happened is taken for one that did not touch anything',
    edits: [
      {
        file: 'runs/executing/execute-run.ts',
        from: '...(untouched && unfixedEnd(run, step))',
        to: '...unfixedEnd(run, step)',
      },
    ],
  },
  {
    name: 'what undoes another run is not held against its plan',
    edits: [
      {
        file: 'runs/voting/recheck-parent.ts',
        from: 'return saysSo(parent, plan, run) ? null',
        to: 'return parent ? null',
      },
    ],
  },
  {
    name: 'what undoes another run may come before its time',
    edits: [
      {
        file: 'runs/voting/recheck-parent.ts',
        from: 'if (run.createdAt < ending.at)',
        to: 'if (run.createdAt < 0)',
      },
    ],
  },
  {
    name: 'what undoes another run may begin without being asked for by one',
    edits: [
      {
        file: 'runs/voting/recheck.ts',
        from: "return why === null ? { kind: 'yes', roles: {} } : { kind: 'never', why };",
        to: "return { kind: 'yes', roles: {} };",
      },
    ],
  },
  {
    name: 'a newer run that has not worked yet takes the place of an older one',
    edits: [
      {
        file: 'runs/ending/endings.ts',
        from: "one.state === 'succeeded' && isSame(one, run)",
        to: 'isSame(one, run)',
      },
    ],
  },
  {
    name: 'what was done to all has ended everywhere once it has on one service',
    edits: [
      {
        file: 'runs/ending/ending-places.ts',
        from: 'all.every((one) => one !== null)',
        to: 'all.some((one) => one !== null)',
      },
      {
        file: 'runs/ending/ending-places.ts',
        from: 'const worst = (all: readonly Ended[]): Ended =>\n  all.reduce(',
        to: 'const worst = (all: readonly Ended[]): Ended =>\n  all.filter(Boolean).reduce(',
      },
    ],
  },
  {
    name: 'what was done to all ends on the first service alone',
    edits: [
      {
        file: 'runs/executing/fixed-end.ts',
        from: 'return Object.hasOwn(on, service) ?',
        to: 'return Object.keys(on).length > 0 ?',
      },
    ],
  },
  {
    name: 'what undoes a run on all may do so on a service that it had not come to',
    edits: [
      {
        file: 'runs/voting/recheck-parent.ts',
        from: 'endsAt(parent, run.target) &&',
        to: '',
      },
      {
        file: 'runs/voting/recheck-parent.ts',
        from: 'isPlanned(plan, run.target) &&',
        to: '',
      },
    ],
  },
  {
    name: 'the run that undoes another one is not told which one',
    edits: [{ file: 'runs/planning/on-target.ts', from: 'ends: parent }', to: 'ends: null }' }],
  },
  {
    name: 'a process that dies while it plans the end leaves it so',
    edits: [
      {
        file: 'runs/recovering/sweep.ts',
        from: 'if (run.parent !== null) return memory.begin(run.id);',
        to: 'if (run.parent !== null) return;',
      },
    ],
  },
  {
    name: 'a limit that is reached lets more in',
    edits: [
      {
        file: 'runs/asking/request-run.ts',
        from: 'const full = planned && (await limitOf(tools, planned));',
        to: 'const full = null as Awaited<ReturnType<typeof limitOf>>;',
      },
    ],
  },
  {
    name: 'the limit of a target is not counted under its lock',
    edits: [
      {
        file: 'runs/claiming/claim-run.ts',
        from: '  const full = await targetLimit(tools, run);\n',
        to: '  const full = null as Awaited<ReturnType<typeof targetLimit>>;\n',
      },
    ],
  },
  {
    name: 'the switch that stops all changes is not read before each effect',
    edits: [
      {
        file: 'runs/executing/run-step.ts',
        from: 'const stop = await stopped().catch(messageOf);',
        to: 'const stop = stopped === null ? messageOf(null) : null;',
      },
    ],
  },
  {
    name: 'a switch that cannot be read counts as off',
    edits: [
      {
        file: 'runs/why-stopped.ts',
        from: 'return `Whether changes are stopped cannot be read, so none is made: ',
        to: 'return error !== messageOf ? null : `',
      },
    ],
  },
  {
    name: 'a vote of somebody who is suspended still counts at the claim',
    edits: [
      {
        file: 'runs/voting/recheck.ts',
        from: "standing.kind === 'member' ? [{ ...vote, roles: standing.person.roles }] : [],",
        to: "standing.kind === 'member' ? [{ ...vote, roles: standing.person.roles }] : [vote],",
      },
    ],
  },
  {
    name: 'a second factor that was revoked still counts for what it had proved',
    edits: [
      {
        file: 'runs/voting/still-proven.ts',
        from: 'if (stepUp === undefined) return votes;',
        to: 'if (stepUp !== null) return votes;',
      },
    ],
  },
  {
    name: 'a second factor that was given anew still counts for what the one before had proved',
    edits: [
      {
        file: 'runs/voting/still-proven.ts',
        from: 'provenBy !== undefined && provenBy === now[at]',
        to: 'provenBy !== undefined && now[at] !== null',
      },
    ],
  },
  {
    name: 'somebody who is suspended may vote',
    edits: [
      {
        file: 'runs/asking/people.ts',
        from: "if (standing.kind === 'member') return ok(standing.person);",
        to: "if (standing.kind === 'member') return ok(standing.person);\n  if (standing.kind === 'refused') return ok({ id, team, roles: ['manager', 'security'] });",
      },
    ],
  },
  {
    name: 'what somebody else keeps for themselves holds up nothing',
    edits: [
      {
        file: 'runs/asking/run-claims.ts',
        from: 'return all.find(({ by }) => !isSamePerson(by, requestedBy)) ?? null;',
        to: 'return all.length > 99 ? (all[0] ?? null) : null;',
      },
    ],
  },
  {
    name: 'what somebody else keeps is not looked at under the lock',
    edits: [
      {
        file: 'runs/claiming/claim-run.ts',
        from: 'const kept = await heldByClaim(tools, run);',
        to: 'const kept = null as string | null;',
      },
    ],
  },
  {
    name: 'it is one’s own claim that holds a run up, and not somebody else’s',
    edits: [
      {
        file: 'runs/asking/run-claims.ts',
        from: '!isSamePerson(by, requestedBy)',
        to: 'isSamePerson(by, requestedBy)',
      },
    ],
  },
  {
    name: 'a use of break-glass is not counted',
    edits: [
      {
        file: 'runs/voting/take-vote.ts',
        from: 'const no = await takeUse(tools, seen.run, by);',
        to: 'const no = null as Awaited<ReturnType<typeof takeUse>>;',
      },
    ],
  },
  {
    name: 'a use of break-glass that is refused counts all the same',
    edits: [
      {
        file: 'runs/asking/break-glass.ts',
        from: 'return no && refusalOf(no);',
        to: 'return no && null;',
      },
    ],
  },
  {
    name: 'break-glass is for whoever is not on call as well',
    edits: [
      {
        file: 'permissions/break-glass.ts',
        from: "if (!holds(rule.onCall)) return err({ why: 'not-on-call', roles: rule.onCall });",
        to: '',
      },
    ],
  },
  {
    name: 'nobody asks before the first step whether who goes without approvals still may',
    edits: [
      {
        file: 'runs/claiming/replan.ts',
        from: 'const why = await whyGlassNoMore(tools, run);',
        to: 'const why = null as string | null;',
      },
    ],
  },
  {
    name: 'what needs an incident may be asked for without one',
    edits: [
      {
        file: 'runs/asking/request-run.ts',
        from: 'const lacking = approval.incident && (await lacksOpenIncident(tools, run, approval));',
        to: 'const lacking = null as Awaited<ReturnType<typeof lacksOpenIncident>>;',
      },
    ],
  },
  {
    name: 'nobody asks at the claim whether its incident is still open',
    edits: [
      {
        file: 'runs/voting/recheck.ts',
        from: 'const without = await lacksIncident(tools, run);',
        to: 'const without = null as Awaited<ReturnType<typeof lacksIncident>>;',
      },
    ],
  },
  {
    name: 'an incident that is over is as good as an open one',
    edits: [
      {
        file: 'permissions/incident-for-run.ts',
        from: "if (!isOpen(state)) return { why: 'over', id, state };",
        to: "if (!state) return { why: 'over', id, state };",
      },
    ],
  },
  {
    name: 'an incident about something else is as good',
    edits: [
      {
        file: 'permissions/incident-for-run.ts',
        from: 'if (about !== null && covers(about, target)) {',
        to: 'if (about !== null && (covers(about, target) || about.env)) {',
      },
    ],
  },
  {
    name: 'somebody with two accounts is two people',
    edits: [
      {
        file: 'gatehouse/second-accounts.ts',
        from: '    Object.hasOwn(second, id)\n      ?',
        to: "    Object.hasOwn(second, '')\n      ?",
      },
    ],
  },
  {
    name: 'a second account is only found out when the run is to begin',
    edits: [
      {
        file: 'gatehouse/second-accounts.ts',
        from: '    Object.hasOwn(second, id)\n      ?',
        to: '    Object.hasOwn(second, id) && how?.maxAge === 0\n      ?',
      },
    ],
  },
  {
    name: 'a run does not know which delivery it came of',
    edits: [
      {
        file: 'runs/asking/request-run.ts',
        from: '    ...(origin !== undefined && { origin }),\n',
        to: '',
      },
    ],
  },
  {
    name: 'what was given up, and told so, may still begin',
    edits: [
      {
        file: 'store/memory/memory-origins.ts',
        from: 'if (origin !== undefined && !found && intake.isGivenUp(origin)) throw new GivenUpError();',
        to: '',
      },
    ],
  },
  {
    name: 'nobody looks for what a dead process had taken',
    edits: [
      {
        file: 'bot/receiving/left-behind.ts',
        from: 'await intake.takeUp(portion)',
        to: 'await intake.takeUp(0)',
      },
    ],
  },
  {
    name: 'who cannot be reached at once counts as told',
    edits: [{ file: 'bot/receiving/left-behind.ts', from: 'if (age < longest) return;', to: '' }],
  },
  {
    name: 'a delivery is done with before anything is done about it',
    edits: [
      {
        file: 'bot/receiving/dispatcher.ts',
        from: '    await options.desk.handle(asked, answer, delivery.key);\n    deliveries.finished(delivery.key);',
        to: '    deliveries.finished(delivery.key);\n    await options.desk.handle(asked, answer, delivery.key);',
      },
    ],
  },
  {
    name: 'a change is acknowledged before it is written down',
    edits: [
      {
        file: 'bot/receiving/deliveries.ts',
        from: "return recent.add(delivery.key) ? recordInTime(delivery) : 'copy';",
        to: "if (!recent.add(delivery.key)) return 'copy';\n      void recordInTime(delivery);\n      return 'new';",
      },
    ],
  },
  {
    name: 'a copy of a delivery is another request',
    edits: [
      {
        file: 'bot/receiving/deliveries.ts',
        from: "if (outcome === 'seen') return 'copy';",
        to: '',
      },
      {
        file: 'runs/asking/request-run.ts',
        from: '    ...(origin !== undefined && { origin }),\n',
        to: '',
      },
    ],
  },
  {
    name: 'a message that may have arrived is sent again without being looked for',
    edits: [
      {
        file: 'bot/outbox/outbox-attempt.ts',
        from: 'if (!row.ambiguous) return ok(null);',
        to: 'if (row) return ok(null);',
      },
    ],
  },
  {
    name: 'a message that went unanswered counts as not sent',
    edits: [
      {
        file: 'bot/outbox/outbox-attempt.ts',
        from: "if (done.error.kind !== 'unclear') return notTried(options, row, done.error);\n  const retryIn",
        to: "if (done.error) return notTried(options, row, { ...done.error, kind: 'unreached' });\n  const retryIn",
      },
    ],
  },
  {
    name: 'a message that was under way when its process died is sent again without being looked for',
    edits: [
      {
        file: 'store/memory/memory-outbox-row.ts',
        from: 'if (row.takenUntil !== null) row.ambiguous = true;',
        to: '',
      },
    ],
  },
  {
    name: 'a card counts as newer than it was drawn',
    edits: [
      {
        file: 'bot/outbox/outbox-attempt.ts',
        from: "if (done.ok) return { kind: 'shown', version, posted };",
        to: "if (done.ok) return { kind: 'shown', version: version + 1, posted };",
      },
    ],
  },
  {
    name: 'a card that stands is not drawn anew',
    edits: [
      {
        file: 'store/memory/memory-outbox.ts',
        from: 'liveKinds.includes(kind) || wanted === 0;',
        to: "kind !== 'end' && wanted === 0;",
      },
    ],
  },
  {
    name: 'somebody is told twice that nobody decides',
    edits: [
      {
        file: 'runs/voting/escalate-run.ts',
        from: 'waitsUntil === null || escalated) return null;',
        to: 'waitsUntil === null) return null;',
      },
    ],
  },
  {
    name: 'somebody is told that nobody decides after it was decided',
    edits: [
      {
        file: 'runs/voting/escalate-run.ts',
        from: "if (state !== 'waiting' || !approval",
        to: 'if (!state || !approval',
      },
      {
        file: 'runs/recovering/sweep.ts',
        from: "    case 'approved': {\n",
        to: "    case 'approved': {\n      await escalateRun(tools, run);\n",
      },
    ],
  },
  {
    name: 'somebody is told that nobody decides before it is time',
    edits: [
      {
        file: 'runs/voting/escalate-run.ts',
        from: "    after: 'waitsUntil',\n",
        to: '',
      },
    ],
  },
  {
    name: 'who asked is told that nobody decides',
    edits: [
      {
        file: 'runs/voting/escalate-run.ts',
        from: 'id !== run.requestedBy.id && ',
        to: '',
      },
    ],
  },
  {
    name: 'a card for somebody who was told is not drawn anew',
    edits: [
      {
        file: 'store/outbox/outbox-rules.ts',
        from: "['card', 'escalation']",
        to: "['card']",
      },
    ],
  },
  {
    name: 'nobody is shown what is asked for',
    edits: [
      {
        file: 'runs/commit.ts',
        from: 'const cards = unseen ? [] :',
        to: "const cards = unseen || next.state !== 'denied' ? [] :",
      },
    ],
  },
  {
    name: 'a process that was stopped sends what is somebody else’s by now',
    edits: [
      {
        file: 'bot/outbox/outbox-attempt.ts',
        from: 'if (clock.monotonic() < held.until) return ok(drawn);',
        to: 'if (clock.monotonic() < held.until || row) return ok(drawn);',
      },
    ],
  },
];
