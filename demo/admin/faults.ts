import { type Asked, ok, type Route } from '../exchange.ts';
import { checkAddress, numberField } from '../fields.ts';
import type { Parts } from '../parts.ts';

/** Breaking the system on purpose: what no real one has. Fields that are left out stay as they are. */
export function faultRoutes({ file, faults }: Parts): Route[] {
  const show = () => ok({ ...faults, spike: file.state.spike });
  const set = (asked: Asked) => {
    faults.slow = numberField(asked, 'slow', { least: 0, most: 60_000, otherwise: faults.slow });
    faults.failing = numberField(asked, 'failing', {
      least: 0,
      most: 1,
      otherwise: faults.failing,
    });
    const { spike } = asked.body;
    if (spike === null) file.state.spike = null;
    if (typeof spike === 'string') {
      file.state.spike = { address: checkAddress(spike), perSecond: 25 };
    }
    file.save();
    return show();
  };
  return [
    { method: 'GET', path: '/admin/faults', handle: show },
    { method: 'PUT', path: '/admin/faults', handle: set },
  ];
}
