import {
  type Incident,
  type IncidentChannel,
  type SetupState,
  type SetupStep,
  setupSteps,
} from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import { targetName } from '../../core/target.ts';
import { guestsOf } from '../channel/guests.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { announced, inRoom } from '../places.ts';
import { leavingUnused } from '../wanted-traces.ts';

type SetUp = Extract<IncidentEvent, { kind: 'set-up' }>;

/** The pause before a step is tried again, in milliseconds: longer each time, at most a minute. */
const pause = (tries: number): number => Math.min(60_000, 1_000 * 2 ** Math.min(tries, 6));
/** After so many tries that Slack turned down for the same reason, the next ones are no news. */
const news = 6;

/** A step of making the channel is done, has failed for now, or for good; what needs it fails with it. */
export const setUp: Decide<SetUp> = (incident, event, { now }) => {
  const { step, state, channel } = event;
  const before = incident.setup[step];
  if (before.kind !== 'open') {
    const at = before.kind === 'done' ? before.at : null;
    return refused({ kind: 'already', what: step, by: null, at });
  }
  if (before.rests && state.kind === 'open' && before.why === state.why) {
    return refused({ kind: 'already', what: state.why ?? step, by: null, at: null });
  }
  if (step === 'channel' && state.kind === 'done' && !channel) {
    return refused({ kind: 'not-now', why: 'A channel that is made has an id.' });
  }
  if (incident.security && channel?.private === false) return withoutUnused(incident, channel, now);
  const channelNow = channelAfter(incident, event);
  const tried = toldOf(before, event, now);
  const told = step === 'invite' ? ofAll(channelNow, tried) : tried;
  const after: Incident = {
    ...incident,
    setup: withStep(incident.setup, step, told),
    channel: channelNow,
    counted: { ...incident.counted, setup: { from: now, done: 0 } },
  };
  const why = told.kind === 'done' ? null : told.why;
  const invited = event.invited ? { invited: Object.keys(event.invited) } : {};
  const channelName = after.channel?.name ?? null;
  const facts = { step, how: told.kind, why, channelName, ...invited, ...aboutOf(after, step) };
  return decided(after, 'set-up', facts, messagesOf(after, step, told));
};

/** Everybody who reads the announcement reads which service it is about. */
const aboutOf = ({ target }: Incident, step: SetupStep): { target?: string } =>
  step === 'announce' && target ? { target: targetName(target) } : {};

/** It was said to be about security while its public channel was being made. */
function withoutUnused(incident: Incident, { id }: IncidentChannel, now: number) {
  const without = leavingUnused(incident, id, now);
  if (without) return decided(without, 'room-left', { left: id }, []);
  return refused({ kind: 'not-now', why: 'What is about security needs a private channel.' });
}

/** As it is kept: done now, or to be tried again when Slack takes it, and later each time. */
function toldOf(
  before: SetupState,
  { step, state, retryIn = 0, lasting = false }: SetUp,
  now: number,
): SetupState {
  if (state.kind === 'done') return { kind: 'done', at: now };
  if (state.kind === 'failed') return state;
  const { tries, why } = state;
  const isOld = before.kind === 'open' && before.why === why && tries > news;
  // The card is on its way all the time that it is not there.
  if (lasting) return { kind: 'open', tries, why, rests: 'long' };
  if (isOld && step !== 'card') return { kind: 'open', tries, why, rests: 'briefly' };
  return { ...state, at: now + Math.max(pause(state.tries), retryIn) };
}

/** Whoever could not be invited before is named as well. */
function ofAll(channel: IncidentChannel | null, told: SetupState): SetupState {
  if (told.kind === 'open') return told;
  const left = Object.entries(channel?.invited ?? {}).filter(([, why]) => why !== null);
  if (left.length === 0) return told;
  return { kind: 'failed', why: left.map(([id, why]) => `user:${id} (${why})`).join(', ') };
}

/** The channel with what is known of it now: that it is there, whom it was tried to invite, what is pinned. */
function channelAfter(incident: Incident, event: SetUp): IncidentChannel | null {
  const { step, state, channel, pinned } = event;
  if (step === 'channel') return channel ?? incident.channel;
  if (incident.channel === null || state.kind === 'open') return incident.channel;
  if (step === 'pin' && pinned !== undefined) return { ...incident.channel, pinned };
  if (step !== 'invite') return incident.channel;
  const everybody = Object.fromEntries(guestsOf(incident).map((id) => [id, null]));
  const invited = { ...incident.channel.invited, ...(event.invited ?? everybody) };
  return { ...incident.channel, invited };
}

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
