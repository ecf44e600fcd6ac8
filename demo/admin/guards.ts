import { type Asked, ok, Refused, type Route } from '../exchange.ts';
import { checkAddress, choiceField, numberField, textField } from '../fields.ts';
import type { Preset } from '../flavour.ts';
import type { Parts } from '../parts.ts';
import type { Denial } from '../store/state.ts';

const presets: readonly Preset[] = ['normal', 'tight', 'emergency'];
const day = 86_400;

/** What keeps people out: the rate limit, maintenance, and the deny list. Each ends by itself. */
export const guardRoutes = (parts: Parts): Route[] => [
  ...limitRoutes(parts),
  ...maintenanceRoutes(parts),
  ...denyRoutes(parts),
];

function limitRoutes({ rateLimit }: Parts): Route[] {
  const show = () => {
    const { preset, perMinute, until } = rateLimit.current();
    return ok({ preset, per_ip_per_minute: perMinute, until: isoOf(until) });
  };
  const set = (asked: Asked) => {
    const preset = choiceField(asked, 'preset', presets);
    rateLimit.set(preset, preset === 'normal' ? null : untilField(asked, 2 * 3600));
    return show();
  };
  return [
    { method: 'GET', path: '/admin/rate-limit', handle: show },
    { method: 'PUT', path: '/admin/rate-limit', handle: set },
  ];
}

function maintenanceRoutes({ file }: Parts): Route[] {
  const show = () => {
    const { maintenance } = file.state;
    const on = maintenance !== null && maintenance.until > Date.now();
    return ok(on ? { on, ...maintenance, until: isoOf(maintenance.until) } : { on });
  };
  const set = (asked: Asked) => {
    if (typeof asked.body.on !== 'boolean') throw new Refused(400, 'on must be true or false');
    const maintenance = asked.body.on
      ? { message: textField(asked, 'message', 500), until: untilField(asked, 4 * 3600) }
      : null;
    file.change((state) => Object.assign(state, { maintenance }));
    return show();
  };
  return [
    { method: 'GET', path: '/admin/maintenance', handle: show },
    { method: 'PUT', path: '/admin/maintenance', handle: set },
  ];
}

function denyRoutes({ denyList }: Parts): Route[] {
  const path = '/admin/deny/:address';
  return [
    {
      method: 'GET',
      path: '/admin/deny',
      handle: () => ok({ count: denyList.list().length, addresses: denyList.list().map(shown) }),
    },
    {
      method: 'PUT',
      path,
      handle: (asked, { address = '' }) => {
        const until = untilField(asked, 7 * day);
        const denial = {
          address: checkAddress(address),
          until,
          reason: textField(asked, 'reason', 500),
        };
        denyList.add(denial);
        return ok(shown(denial));
      },
    },
    {
      method: 'DELETE',
      path,
      handle: (_, { address = '' }) => {
        if (!denyList.remove(address)) throw new Refused(404, 'this address is not on the list');
        return ok({ removed: address });
      },
    },
  ];
}

/** When something ends, from the field `seconds`; an hour when it is left out. */
const untilField = (asked: Asked, most: number): number =>
  Date.now() + numberField(asked, 'seconds', { least: 1, most, otherwise: 3600 }) * 1000;

const isoOf = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString();

const shown = ({ address, until, reason }: Denial) => ({ address, until: isoOf(until), reason });
