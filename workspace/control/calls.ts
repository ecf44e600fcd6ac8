import { z } from 'zod';
import { act } from '../doing/act.ts';
import { changeGroup, changeMember } from '../doing/administer.ts';
import {
  archive,
  deleteChannel,
  invite,
  join,
  kick,
  rename,
  unarchive,
} from '../doing/change-channel.ts';
import { deleteMessage, editMessage, togglePin } from '../doing/change-message.ts';
import { close } from '../doing/close.ts';
import { memberOf } from '../doing/doing.ts';
import { openHome } from '../doing/open-home.ts';
import { react } from '../doing/react.ts';
import { resend } from '../doing/resend.ts';
import { shortcut } from '../doing/shortcut.ts';
import { submit } from '../doing/submit.ts';
import { suggest } from '../doing/suggest.ts';
import { type } from '../doing/type.ts';
import type { Control } from '../protocol.ts';
import type { Workspace } from '../workspace.ts';
import { setFaults } from './faults.ts';
import { membersOf, snapshotOf } from './snapshot.ts';

/** One control call: takes whatever JSON came. Throws {@link WrongBody} and `CannotDo`. */
export type ControlCall = (workspace: Workspace, body: unknown) => Promise<object> | object;

/** The body of a control call is not what protocol.ts says. */
export class WrongBody extends Error {}

const id = z.string().max(255);
const text = z.string().max(50_000);
const as = id;
const message = z.object({ channel: id, ts: id }).exactOptional();
const view = id.exactOptional();
const yes = z.boolean().exactOptional();
const given = z.union([text, z.array(text), z.null()]);
const form = z.record(id, z.record(id, given));
const element = { as, actionId: id, blockId: id, message, view };
const share = z.number().min(0).max(1).exactOptional();
const ms = z.number().int().min(0).max(600_000).exactOptional();

const faults = z.strictObject({
  latencyMs: ms,
  failBefore: share,
  dropAfter: share,
  rateLimited: share,
  hang: yes,
  revoked: yes,
  refuse: z.record(id, id).exactOptional(),
  fileMs: ms,
  copies: z.number().int().min(0).max(20).exactOptional(),
  delayMs: ms,
});

/** Every control call, by name. */
export const calls: { readonly [Name in keyof Control]: ControlCall } = {
  type: call(z.object({ as, channel: id, text, threadTs: id.exactOptional() }), type),
  act: call(
    z.object({
      ...element,
      value: text.exactOptional(),
      values: z.array(text).exactOptional(),
      state: form.exactOptional(),
    }),
    act,
  ),
  suggest: call(z.object({ ...element, query: text }), suggest),
  submit: call(z.object({ as, view: id, values: form }), submit),
  close: call(z.object({ as, view: id }), close),
  openHome: call(z.object({ as }), openHome),
  shortcut: call(z.object({ as, callbackId: id, message }), shortcut),
  react: call(z.object({ as, channel: id, ts: id, name: id }), react),
  edit: call(z.object({ as, channel: id, ts: id, text }), editMessage),
  remove: call(z.object({ as, channel: id, ts: id }), deleteMessage),
  pin: call(z.object({ as, channel: id, ts: id }), togglePin),
  members: call(z.object({}), (workspace) => ({ members: membersOf(workspace) })),
  look: call(z.object({ as }), (workspace, { as: user }) => ({
    snapshot: snapshotOf(workspace, memberOf(workspace, user).id),
  })),
  faults: call(faults, setFaults),
  sockets: call(
    z.object({ do: z.enum(['refresh', 'warning', 'drop', 'app_rate_limited']), all: yes }),
    ({ sockets }, body) => ({ sockets: sockets.do(body.do, body.all ?? false) }),
  ),
  resend: call(z.object({ how: z.enum(['bad-signature', 'stale', 'future', 'replay']) }), resend),
  traffic: call(z.object({ since: z.number().exactOptional() }), ({ traffic }, { since }) => ({
    traffic: traffic.since(since ?? 0),
  })),
  member: call(z.object({ user: id, deactivated: yes, guest: yes }), changeMember),
  group: call(
    z.object({
      group: id,
      members: z.array(id).exactOptional(),
      join: id.exactOptional(),
      leave: id.exactOptional(),
    }),
    changeGroup,
  ),
  invite: call(z.object({ as, channel: id, user: id }), invite),
  kick: call(z.object({ as, channel: id, user: id }), kick),
  join: call(z.object({ as, channel: id }), join),
  archive: call(z.object({ as, channel: id }), archive),
  unarchive: call(z.object({ as, channel: id }), unarchive),
  rename: call(z.object({ as, channel: id, name: id }), rename),
  deleteChannel: call(z.object({ as, channel: id }), deleteChannel),
  plan: call(z.object({ paid: z.boolean() }), ({ plan }, { paid }) =>
    Object.assign(plan, { paid }),
  ),
};

function call<Body>(
  schema: z.ZodType<Body>,
  run: (workspace: Workspace, body: Body) => Promise<object> | object,
): ControlCall {
  return (workspace, body) => {
    const read = schema.safeParse(body);
    if (!read.success) throw new WrongBody(z.prettifyError(read.error));
    return run(workspace, read.data);
  };
}
