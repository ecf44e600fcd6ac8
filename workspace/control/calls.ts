import { z } from 'zod';
import { type } from '../doing/type.ts';
import type { Control } from '../protocol.ts';
import type { Workspace } from '../workspace.ts';
import { membersOf, snapshotOf } from './snapshot.ts';

/** One control call: takes whatever JSON came. Throws {@link WrongBody} and `CannotDo`. */
export type ControlCall = (workspace: Workspace, body: unknown) => Promise<object> | object;

/** The body of a control call is not what protocol.ts says. */
export class WrongBody extends Error {}

const id = z.string().max(100);
const text = z.string().max(50_000);

/** Every control call, by name. */
export const calls: { [Name in keyof Control]?: ControlCall } = {
  type: call(z.object({ as: id, channel: id, text, threadTs: id.exactOptional() }), type),
  look: call(z.object({ as: id }), (workspace, { as }) => ({
    snapshot: snapshotOf(workspace, as),
  })),
  members: call(z.object({}), (workspace) => ({ members: membersOf(workspace) })),
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
