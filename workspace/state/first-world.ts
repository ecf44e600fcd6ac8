import {
  app,
  channels,
  directMessage,
  groups,
  partnerTeam,
  people,
  slackbot,
  team,
} from '../people.ts';
import type { StoredChannel, StoredGroup, StoredMember, World } from './world.ts';

type Person = [id: string, name: string, title: string, differs?: Partial<StoredMember>];

const cast: Person[] = [
  [people.onCall1, 'oncall-1', 'On-call engineer 1'],
  [people.onCall2, 'oncall-2', 'On-call engineer 2'],
  [people.manager1, 'manager-1', 'Manager 1'],
  [people.manager2, 'manager-2', 'Manager 2'],
  [people.security, 'security', 'Security engineer'],
  [people.helpdesk, 'helpdesk', 'Helpdesk'],
  [people.viewer, 'viewer', 'Viewer'],
  [people.auditor, 'auditor', 'Auditor'],
  [people.guest, 'guest', 'Guest', { guest: true }],
  [people.deactivated, 'deactivated', 'Former colleague', { deactivated: true }],
  [people.external, 'external', 'External partner', { team: partnerTeam }],
];

/** The workspace as it is before anybody has done anything. `at` in milliseconds. */
export function firstWorld(botName: string, at: number): World {
  const now = Math.floor(at / 1000);
  const bot = { bot: true, email: null };
  const members = [
    ...cast.map((person) => member(person, now)),
    member([app.botUser, handleOf(botName), botName, bot], now),
    member([slackbot, 'slackbot', 'Slackbot', bot], now),
  ];
  return {
    version: 1,
    members,
    groups: firstGroups(now),
    channels: firstChannels(now),
    messages: [],
    homes: {},
    modals: {},
    files: [],
    responses: [],
    lastTs: 0,
    lastId: 0,
  };
}

/** What a bot with this display name is called after an `@`. */
export const handleOf = (botName: string): string => botName.toLowerCase().replace(/\s+/g, '');

const member = ([id, name, title, differs]: Person, updated: number): StoredMember => ({
  id,
  name,
  title,
  team: team.id,
  bot: false,
  guest: false,
  deactivated: false,
  email: `${name}@example.com`,
  updated,
  ...differs,
});

function firstGroups(now: number): StoredGroup[] {
  const group = (handle: keyof typeof groups, name: string, members: string[]): StoredGroup => ({
    id: groups[handle],
    handle,
    name,
    members,
    created: now,
    updated: now,
  });
  return [
    group('oncall', 'On-call engineers', [people.onCall1, people.onCall2]),
    group('managers', 'Managers', [people.manager1, people.manager2]),
    group('security', 'Security', [people.security]),
    group('helpdesk', 'Helpdesk', [people.helpdesk]),
    group('viewers', 'Viewers', [people.viewer]),
    group('auditors', 'Auditors', [people.auditor]),
  ];
}

function firstChannels(now: number): StoredChannel[] {
  const { guest, external, ...staff } = people;
  const colleagues = Object.values(staff);
  const open = (id: string, name: string, purpose: string, members: string[]) =>
    newChannel({ id, name, kind: 'channel', creator: people.manager1, members, now, purpose });
  const known = [...colleagues, app.botUser];
  return [
    open(channels.general, 'general', 'What concerns everybody', [...known, guest]),
    open(channels.authOps, 'auth-ops', 'Approvals and changes of the services', known),
    open(channels.incidents, 'incidents', 'Outages and who handles them', [
      ...known,
      guest,
      external,
    ]),
    newChannel({
      id: channels.security,
      name: 'security',
      kind: 'private',
      creator: people.security,
      members: [people.security, people.manager1],
      now,
      purpose: 'Suspicious logins and blocked addresses',
    }),
    ...Object.values(people).map((user) => newDirectMessage(user, now)),
  ];
}

/** A direct message between a person and the app. `now` in seconds. */
export const newDirectMessage = (user: string, now: number): StoredChannel =>
  newChannel({
    id: directMessage(user),
    name: user,
    kind: 'im',
    creator: app.botUser,
    members: [user, app.botUser],
    now,
    purpose: '',
  });

interface Start {
  id: string;
  name: string;
  kind: StoredChannel['kind'];
  creator: string;
  members: string[];
  /** Seconds since 1970. */
  now: number;
  purpose: string;
}

/** A channel that nobody has used yet. */
export const newChannel = ({ now, ...start }: Start): StoredChannel => ({
  ...start,
  topic: '',
  archived: false,
  pins: [],
  bookmarks: [],
  created: now,
  updated: now,
  previousNames: [],
  topicBy: null,
  purposeBy: null,
  pinnedBy: {},
  bookmarkTimes: {},
});
