import { BlockList, isIP } from 'node:net';
import type { Denial, StateFile } from './store/state.ts';

/** The addresses that get no answer but 403. */
export interface DenyList {
  has(address: string): boolean;
  list(): Denial[];
  add(denial: Denial): void;
  /** False when it was not on the list. */
  remove(address: string): boolean;
}

/** The deny list in a system's state; entries run out by themselves. */
export function createDenyList(file: StateFile): DenyList {
  const list = () => inForce(file.state.denials);
  /** Leaves out what was there of an address; true when there was something. */
  const replace = (address: string, by: Denial[]): boolean =>
    file.change((state) => {
      const before = inForce(state.denials);
      const left = before.filter((denial) => denial.address !== address);
      state.denials = [...left, ...by];
      return left.length < before.length;
    });
  return {
    list,
    has: (address) => list().some((denial) => covers(denial.address, address)),
    add: (denial) => void replace(denial.address, [denial]),
    remove: (address) => replace(address, []),
  };
}

const inForce = (denials: readonly Denial[]): Denial[] =>
  denials.filter(({ until }) => until > Date.now());

/** Whether a prefix or address covers an address, however either is written. */
export function covers(prefix: string, address: string): boolean {
  const [net = '', bits] = prefix.split('/');
  const blocks = new BlockList();
  if (bits === undefined) blocks.addAddress(net, familyOf(net));
  else blocks.addSubnet(net, Number(bits), familyOf(net));
  return isIP(address) !== 0 && blocks.check(address, familyOf(address));
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
