import { type Incident, type SetupState, type SetupStep, setupSteps } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { announced, inRoom } from '../places.ts';

type SetUp = Extract<IncidentEvent, { kind: 'set-up' }>;

/** The pause before a step is tried again, in milliseconds: longer each time, at most a minute. */
const pause = (tries: number): number => Math.min(60_000, 1_000 * 2 ** Math.min(tries, 6));

/** A step of making the channel is done, has failed for now, or for good; what needs it fails with it. */
export const setUp: Decide<SetUp> = (incident, event, { now }) => {
  const { step, state, channel } = event;
  const before = incident.setup[step];
  if (before.kind !== 'open') {
    const at = before.kind === 'done' ? before.at : null;
    return refused({ kind: 'already', what: step, by: null, at });
  }
  if (step === 'channel' && state.kind === 'done' && !channel) {
    return refused({ kind: 'not-now', why: 'A channel that is made has an id.' });
  }
  const told = state.kind === 'done' ? { kind: 'done' as const, at: now } : state;
  const setup = withStep(incident.setup, step, told);
  const tries = state.kind === 'open' ? Math.max(pause(state.tries), event.retryIn ?? 0) : 0;
  const after: Incident = {
    ...incident,
    setup,
    channel: step === 'channel' && channel ? channel : incident.channel,
    counted: { ...incident.counted, setup: { from: now + tries, done: 0 } },
  };
  const why = state.kind === 'done' ? null : state.why;
  const facts = { step, how: state.kind, why, channelName: after.channel?.name ?? null };
  return decided(after, 'set-up', facts, messagesOf(after, step, told));
};

/** What a step that failed for good takes with it. */
const needs: Partial<Record<SetupStep, readonly SetupStep[]>> = {
  channel: ['invite', 'topic', 'bookmark', 'card', 'pin'],
  card: ['pin'],
};

function withStep(setup: Incident['setup'], step: SetupStep, state: SetupState): Incident['setup'] {
  const whole = { ...setup, [step]: state };
  if (state.kind !== 'failed') return whole;
  const lost = setupSteps.filter((one) => needs[step]?.includes(one) && setup[one].kind === 'open');
  const why = `${step} could not be done`;
  return { ...whole, ...Object.fromEntries(lost.map((one) => [one, { kind: 'failed', why }])) };
}

/** The card says how far it is; a channel that cannot be made, and the announcement, are said. */
function messagesOf(incident: Incident, step: SetupStep, state: SetupState) {
  if (step === 'announce' && state.kind === 'done') return announced(incident, 1);
  return step === 'channel' && state.kind === 'failed' ? inRoom(incident, 0) : [];
}
