import { type Asked, ok, type Route } from '../exchange.ts';
import { checkAddress, numberField } from '../fields.ts';
import type { Parts } from '../parts.ts';

/** Breaking the system on purpose: what no real one has. Fields that are left out stay as they are. */
export function faultRoutes({ file, faults }: Parts): Route[] {
  const show = () => {
    const { slow, failing } = faults.now();
    return ok({ slow, failing, spike: file.state.spike });
  };
  const set = (asked: Asked) => {
    const now = faults.now();
    const slow = numberField(asked, 'slow', { least: 0, most: 60_000, otherwise: now.slow });
    const failing = numberField(asked, 'failing', { least: 0, most: 1, otherwise: now.failing });
    const { spike } = asked.body;
    const address = typeof spike === 'string' ? checkAddress(spike) : null;
    if ('slow' in asked.body || 'failing' in asked.body) faults.set({ slow, failing });
    if (spike === null || address !== null) {
      file.change((state) => {
        state.spike = address === null ? null : { address, perSecond: 25 };
      });
    }
    return show();
  };
  return [
    { method: 'GET', path: '/admin/faults', handle: show },
    { method: 'PUT', path: '/admin/faults', handle: set },
  ];
}
