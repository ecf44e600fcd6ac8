import { Agent } from 'node:http';

/** One copy of a system, as its front knows it. */
export interface Member {
  /** Such as `api-2`. */
  name: string;
  /** Where it answers. */
  port: number;
  /** Its connections: kept until it leaves, for it never ends one itself. */
  agent: Agent;
  /** The requests that it is answering. */
  busy: number;
  /** Called each time one of them is answered. */
  answered: () => void;
}

/** A copy that nobody has asked yet. */
export const makeMember = (name: string, port: number): Member => ({
  name,
  port,
  agent: new Agent({ keepAlive: true }),
  busy: 0,
  answered: () => {},
});
