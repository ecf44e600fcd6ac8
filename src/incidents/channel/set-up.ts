import { type Incident, type SetupState, type SetupStep, setupSteps } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import type { IncidentRoom, RoomAnswer } from '../../core/incident-room.ts';
import { targetName } from '../../core/target.ts';
import type { IncidentLife } from '../incident-life.ts';
import { channelName } from './channel-name.ts';
import { uninvited } from './guests.ts';
import { isPossible } from './possible-step.ts';

/** What it takes to make the channel of an incident. */
export interface SettingUp {
  life: Pick<IncidentLife, 'do'>;
  room: Pick<IncidentRoom, 'create' | 'invite' | 'setTopic' | 'bookmark' | 'pin'>;
  /** Where the live card stands in the channel, as a timestamp; null while it does not. */
  cardIn(incident: Incident): Promise<string | null>;
  /** What the bookmark of the channel leads to; null where there is no page. */
  link(incident: Incident): { title: string; link: string } | null;
  /** Whether nothing more is to be begun; whoever comes next goes on. */
  ended?(): boolean;
}

/**
 * Goes on with whatever of the channel is not there yet and can be tried at `now`, the database's time in
 * milliseconds since 1970; each step is written down once it is done. A step that cannot be done holds up only
 * those that need it, and undoes nothing. What is `ready` waits no longer.
 */
export async function setUp(
  tools: SettingUp,
  seen: Incident,
  now: number = Number.POSITIVE_INFINITY,
  ready: readonly SetupStep[] = [],
): Promise<Incident> {
  let incident = seen;
  for (const step of setupSteps) {
    const state = incident.setup[step];
    if (tools.ended?.()) return incident;
    if (state.kind !== 'open' || !isPossible(incident, step)) continue;
    if ((state.rests || (state.at ?? 0) > now) && !ready.includes(step)) continue;
    const made = await doStep(tools, incident, step);
    const told = await tools.life.do(incident.id, noteOf(state, step, made), null);
    if (!told.ok) return incident; // somebody else has done it, or it is over
    incident = told.value;
  }
  return incident;
}

/** What became of a step, and what is kept of it besides. */
interface Made {
  answer: RoomAnswer<unknown>;
  more?: Pick<Extract<IncidentEvent, { kind: 'set-up' }>, 'channel' | 'invited' | 'pinned'>;
}

async function doStep(tools: SettingUp, incident: Incident, step: SetupStep): Promise<Made> {
  const { room } = tools;
  const channel = incident.channel?.id ?? '';
  switch (step) {
    case 'channel':
      return makeChannel(room, incident);
    case 'invite':
      return invite(room, channel, uninvited(incident));
    case 'topic':
      return { answer: await room.setTopic(channel, topicOf(incident)) };
    case 'bookmark': {
      const mark = tools.link(incident);
      return { answer: mark ? await room.bookmark(channel, mark) : done };
    }
    case 'card':
      return { answer: (await tools.cardIn(incident)) === null ? onItsWay : done };
    case 'pin': {
      const ts = await tools.cardIn(incident);
      if (ts === null) return { answer: onItsWay };
      return { answer: await room.pin(channel, ts), more: { pinned: ts } };
    }
    case 'announce':
      return { answer: done }; // the record of this step is what is announced
  }
}

const done = { kind: 'done', value: null } as const;

/** The outbox brings it, and whoever sees it there goes on at once; in so many milliseconds it is looked at again. */
const onItsWay = { kind: 'again', in: 5_000, why: 'the card is on its way' } as const;

async function makeChannel(room: SettingUp['room'], incident: Incident): Promise<Made> {
  const answer = await room.create({
    incident: incident.id,
    name: channelName(incident),
    private: incident.security,
    since: incident.times.declared,
  });
  if (answer.kind !== 'done') return { answer };
  return { answer, more: { channel: { ...answer.value, private: incident.security, lost: null } } };
}

/** Who cannot be invited is kept with the reason, and named; the others are there. */
async function invite(
  room: SettingUp['room'],
  channel: string,
  people: readonly string[],
): Promise<Made> {
  const answer = await room.invite(channel, people);
  if (answer.kind === 'again') return { answer };
  const why = answer.kind === 'never' ? answer.why : null;
  const left = answer.kind === 'never' ? [] : answer.value;
  const all = people.map((id) => [id, left.find((one) => one.id === id)?.why ?? why] as const);
  return { answer: done, more: { invited: Object.fromEntries(all) } };
}

/** Slack's limit for a topic. */
const longestTopic = 250;

/** What the header of the channel says; what is about security says nothing of it. */
function topicOf({ id, severity, title, target, security }: Incident): string {
  if (security) return id;
  const about = target === null ? '' : ` · ${targetName(target)}`;
  return `SEV${severity} · ${id}${about} · ${title}`.slice(0, longestTopic).toWellFormed();
}

/** What is written down of a step; `more` only where it was done, or never will be. */
function noteOf(
  { tries }: Extract<SetupState, { kind: 'open' }>,
  step: SetupStep,
  { answer, more }: Made,
): Extract<IncidentEvent, { kind: 'set-up' }> {
  const head = { kind: 'set-up', step } as const;
  if (answer.kind === 'done') return { ...head, state: { kind: 'done', at: 0 }, ...more };
  if (answer.kind === 'never') {
    return { ...head, state: { kind: 'failed', why: answer.why }, ...more };
  }
  const state = { kind: 'open', tries: tries + 1, why: answer.why } as const;
  return { ...head, state, retryIn: answer.in, lasting: answer.lasting ?? false };
}
