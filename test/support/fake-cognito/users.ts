import { randomUUID } from 'node:crypto';

/** An account of the fake user pool. */
export interface FakeUser {
  username: string;
  email: string;
  enabled: boolean;
  status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';
  password: string | null;
  groups: string[];
  /** Tokens to go on with, as long as nobody has signed it out. */
  refresh: Set<string>;
}

/** What a request says. */
export type Input = Readonly<Record<string, unknown>>;

/** An error of the protocol, by its name. */
export class CognitoError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const find = (users: FakeUser[], { Username }: Input): FakeUser => {
  const found = users.find(({ username, email }) => [username, email].includes(String(Username)));
  if (found) return found;
  throw new CognitoError('UserNotFoundException', 'User does not exist.');
};

const shown = (user: FakeUser, list: 'Attributes' | 'UserAttributes' = 'Attributes') => ({
  Username: user.username,
  Enabled: user.enabled,
  UserStatus: user.status,
  [list]: [
    { Name: 'sub', Value: user.username },
    { Name: 'email', Value: user.email },
    { Name: 'email_verified', Value: 'true' },
  ],
});

/** Reads `email = "…"`, in which a backslash keeps a quotation mark from ending it. */
function matching(users: FakeUser[], filter: string): FakeUser[] {
  const [, attribute, quoted] = /^(email|username) = "((?:[^"\\]|\\["\\])*)"$/.exec(filter) ?? [];
  if (attribute === undefined || quoted === undefined) {
    throw new CognitoError('InvalidParameterException', `Error while parsing filter ${filter}`);
  }
  const value = quoted.replace(/\\(.)/g, '$1');
  return users.filter((user) => user[attribute as 'email' | 'username'] === value);
}

function signIn(users: FakeUser[], { AuthFlow, AuthParameters }: Input): object {
  const { USERNAME, PASSWORD, REFRESH_TOKEN } = AuthParameters as Record<string, string>;
  if (AuthFlow === 'REFRESH_TOKEN_AUTH') {
    const held = users.find(({ refresh }) => refresh.has(REFRESH_TOKEN ?? ''));
    if (held) return { AuthenticationResult: { AccessToken: randomUUID() } };
    throw new CognitoError('NotAuthorizedException', 'Refresh Token has been revoked');
  }
  const user = find(users, { Username: USERNAME });
  if (!user.enabled) throw new CognitoError('NotAuthorizedException', 'User is disabled.');
  if (user.status === 'RESET_REQUIRED') {
    throw new CognitoError('PasswordResetRequiredException', 'Password reset required');
  }
  if (user.password !== PASSWORD) {
    throw new CognitoError('NotAuthorizedException', 'Incorrect username or password.');
  }
  if (user.status === 'FORCE_CHANGE_PASSWORD') return { ChallengeName: 'NEW_PASSWORD_REQUIRED' };
  const token = randomUUID();
  user.refresh.add(token);
  return { AuthenticationResult: { AccessToken: randomUUID(), RefreshToken: token } };
}

function create(users: FakeUser[], { Username, MessageAction, TemporaryPassword }: Input): object {
  const email = String(Username);
  if (users.some((user) => user.email === email)) {
    throw new CognitoError('UsernameExistsException', 'User account already exists');
  }
  // What nobody here may ever send: a password that somebody has seen, or no message to the person.
  if (MessageAction !== undefined || TemporaryPassword !== undefined) {
    throw new CognitoError('InvalidParameterException', 'no password may be made up by others');
  }
  const user: FakeUser = {
    username: randomUUID(),
    email,
    enabled: true,
    status: 'FORCE_CHANGE_PASSWORD',
    password: randomUUID(),
    groups: [],
    refresh: new Set(),
  };
  users.push(user);
  return { User: shown(user) };
}

function setPassword(users: FakeUser[], input: Input): object {
  Object.assign(find(users, input), { password: input.Password, status: 'CONFIRMED' });
  return {};
}

function setEnabled(users: FakeUser[], input: Input, enabled: boolean): object {
  find(users, input).enabled = enabled;
  return {};
}

/** A page of so many, and the token of the next. */
function page<T>(all: T[], size: number, token: unknown): { items: T[]; next?: string } {
  const start = Number(token ?? 0);
  const end = start + size;
  return { items: all.slice(start, end), ...(end < all.length && { next: String(end) }) };
}

/** What each operation of the protocol does; lists have pages of two. */
export const operations: Readonly<Record<string, (users: FakeUser[], input: Input) => object>> = {
  CreateUserPool: () => ({ UserPool: { Id: 'eu-central-1_Fake00001' } }),
  CreateUserPoolClient: () => ({ UserPoolClient: { ClientId: 'fake' } }),
  CreateGroup: () => ({}),
  DescribeUserPool: (users, { UserPoolId }) => ({
    UserPool: { Id: UserPoolId, EstimatedNumberOfUsers: users.length },
  }),
  ListUsers: (users, { Filter, PaginationToken }) => {
    const { items, next } = page(matching(users, String(Filter)), 2, PaginationToken);
    return { Users: items.map((user) => shown(user)), ...(next && { PaginationToken: next }) };
  },
  ListUsersInGroup: (users, { GroupName, NextToken }) => {
    const members = users.filter(({ groups }) => groups.includes(String(GroupName)));
    const { items, next } = page(members, 2, NextToken);
    return { Users: items.map((user) => shown(user)), ...(next && { NextToken: next }) };
  },
  AdminListGroupsForUser: (users, input) => {
    const { items, next } = page(find(users, input).groups, 2, input.NextToken);
    return { Groups: items.map((GroupName) => ({ GroupName })), ...(next && { NextToken: next }) };
  },
  AdminAddUserToGroup: (users, input) => {
    const user = find(users, input);
    user.groups = [...new Set([...user.groups, String(input.GroupName)])];
    return {};
  },
  AdminCreateUser: create,
  AdminSetUserPassword: setPassword,
  AdminDisableUser: (users, input) => setEnabled(users, input, false),
  AdminEnableUser: (users, input) => setEnabled(users, input, true),
  AdminResetUserPassword: (users, input) => {
    find(users, input).status = 'RESET_REQUIRED';
    return {};
  },
  AdminUserGlobalSignOut: (users, input) => {
    find(users, input).refresh.clear();
    return {};
  },
  AdminInitiateAuth: signIn,
};
