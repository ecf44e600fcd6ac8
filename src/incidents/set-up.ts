import { type Incident, isOpen, type SetupStep, setupSteps } from '../core/incident.ts';
import type { IncidentRoom, RoomAnswer } from '../core/incident-room.ts';
import { targetName } from '../core/target.ts';
import { channelName } from './channel-name.ts';
import type { IncidentLife } from './incident-life.ts';

/** What it takes to make the channel of an incident. */
export interface SettingUp {
  life: Pick<IncidentLife, 'do'>;
  room: IncidentRoom;
  /** The Slack user ids of those who belong into the channel. */
  belong(incident: Incident): Promise<readonly string[]>;
  /** Where the live card stands in the channel, as a timestamp; null while it does not. */
  cardIn(incident: Incident): Promise<string | null>;
  /** What the bookmark of the channel leads to; null where there is no page. */
  link(incident: Incident): { title: string; link: string } | null;
}

/**
 * Goes on with whatever of the channel is not there yet, step by step; each is written down once it is done.
 * A step that cannot be done holds up only those that need it, and undoes nothing.
 */
export async function setUp(tools: SettingUp, seen: Incident): Promise<Incident> {
  let incident = seen;
  for (const step of setupSteps) {
    if (incident.setup[step].kind !== 'open' || !isPossible(incident, step)) continue;
    const answer = await doStep(tools, incident, step);
    if (answer === null) continue; // nothing went wrong: it is looked at again
    const next = await note(tools, incident, step, answer);
    if (next === null) return incident;
    incident = next;
  }
  return incident;
}

/** Everything but the channel itself and what is said elsewhere needs the channel; the pin needs the card. */
function isPossible({ setup, channel, state }: Incident, step: SetupStep): boolean {
  if (!isOpen(state)) return false;
  if (step === 'channel' || step === 'announce') return true;
  if (channel === null || channel.lost !== null) return false;
  return step !== 'pin' || setup.card.kind === 'done';
}

type Done = RoomAnswer<Incident['channel'] | string | null>;

/** Null while the card is on its way. */
async function doStep(tools: SettingUp, incident: Incident, step: SetupStep): Promise<Done | null> {
  const { room } = tools;
  const channel = incident.channel?.id ?? '';
  switch (step) {
    case 'channel':
      return makeChannel(room, incident);
    case 'invite':
      return invite(tools, incident, channel);
    case 'topic':
      return room.setTopic(channel, topicOf(incident));
    case 'bookmark': {
      const mark = tools.link(incident);
      return mark ? room.bookmark(channel, mark) : done(null);
    }
    case 'card': {
      const ts = await tools.cardIn(incident);
      return ts === null ? null : done(null);
    }
    case 'pin': {
      const ts = await tools.cardIn(incident);
      return ts === null ? null : room.pin(channel, ts);
    }
    case 'announce':
      return done(null); // the record of this step is what is announced
  }
}

const done = <Value>(value: Value) => ({ kind: 'done', value }) as const;

async function makeChannel(room: IncidentRoom, incident: Incident): Promise<Done> {
  const wanted = {
    incident: incident.id,
    name: channelName(incident),
    private: incident.security,
    since: incident.times.declared,
  };
  const made = await room.create(wanted);
  if (made.kind !== 'done') return made;
  return done({ ...made.value, private: incident.security, lost: null });
}

/** Who cannot be invited is said; the others are there. */
async function invite(
  { room, belong }: SettingUp,
  incident: Incident,
  channel: string,
): Promise<Done> {
  const invited = await room.invite(channel, await belong(incident));
  if (invited.kind !== 'done') return invited;
  const left = invited.value.map(({ id, why }) => `user:${id} (${why})`);
  return left.length === 0 ? done(null) : { kind: 'never', why: left.join(', ') };
}

/** Slack's limit for a topic. */
const longestTopic = 250;

/** What the header of the channel says; what is about security says nothing of it. */
function topicOf({ id, severity, title, target, security }: Incident): string {
  if (security) return id;
  const about = target === null ? '' : ` · ${targetName(target)}`;
  return `SEV${severity} · ${id}${about} · ${title}`.slice(0, longestTopic).toWellFormed();
}

/** Writes down what came of a step; null when that could not be written down. */
async function note(
  { life }: SettingUp,
  incident: Incident,
  step: SetupStep,
  answer: Done,
): Promise<Incident | null> {
  const before = incident.setup[step];
  const tries = before.kind === 'open' ? before.tries : 0;
  const channel = step === 'channel' && answer.kind === 'done' ? answer.value : null;
  const state =
    answer.kind === 'done'
      ? ({ kind: 'done', at: 0 } as const)
      : answer.kind === 'never'
        ? ({ kind: 'failed', why: answer.why } as const)
        : ({ kind: 'open', tries: tries + 1, why: answer.why } as const);
  const told = await life.do(
    incident.id,
    {
      kind: 'set-up',
      step,
      state,
      ...(answer.kind === 'again' && { retryIn: answer.in }),
      ...(channel !== null && typeof channel === 'object' && { channel }),
    },
    null,
  );
  return told.ok ? told.value : null;
}
