import { type Asked, ok, Refused, type Route } from '../exchange.ts';
import { choiceField, numberField } from '../fields.ts';
import { acceptedKeys, makeKey, type StoredKey, tokenLife } from '../keys.ts';
import type { Parts } from '../parts.ts';

/**
 * Signing keys. Graceful: the old one is still accepted for a while. Now: its tokens are void at once.
 * With `expected`, only where that one still signs.
 */
export function keyRoutes({ file, log }: Parts): Route[] {
  const rotate = (asked: Asked) => {
    const mode =
      'mode' in asked.body ? choiceField(asked, 'mode', ['graceful', 'now']) : 'graceful';
    const bounds = { least: 1, most: 86_400, otherwise: tokenLife };
    const overlap = numberField(asked, 'overlap_seconds', bounds) * 1000;
    const { expected } = asked.body;
    const fresh = makeKey();
    const retire = (key: StoredKey): StoredKey => ({
      ...key,
      retiresAt: key.retiresAt ?? Date.now() + overlap,
    });
    const revoked = file.change((state) => {
      if (expected !== undefined && expected !== state.keys[0]?.kid) {
        throw new Refused(409, 'another key signs by now than the one that is expected');
      }
      const kept = mode === 'graceful' ? acceptedKeys(state.keys).map(retire) : [];
      const retired = state.keys.filter(({ kid }) => !kept.some((key) => key.kid === kid));
      state.keys = [fresh, ...kept];
      return retired.map(({ kid }) => kid);
    });
    log.write('keysRotated', { mode, kid: fresh.kid, revoked });
    return ok({ mode, kid: fresh.kid, keys: file.state.keys.map(shown) });
  };
  return [
    {
      method: 'GET',
      path: '/admin/keys',
      handle: () => ok({ keys: acceptedKeys(file.state.keys).map(shown) }),
    },
    { method: 'POST', path: '/admin/keys/rotate', handle: rotate },
  ];
}

const shown = ({ kid, madeAt, retiresAt }: StoredKey) => ({
  kid,
  made_at: new Date(madeAt).toISOString(),
  retires_at: retiresAt && new Date(retiresAt).toISOString(),
});
