import { type Claims, claimSubject } from '../../core/claims.ts';
import type { Clock } from '../../core/clock.ts';
import { envOfName } from '../../core/locks.ts';
import { asStored, storedJson } from '../database/stored-json.ts';
import { type KeptClaim, turnClaims } from '../locks/turn-claims.ts';
import type { MemoryLog } from './memory-log.ts';
import type { MemoryOutbox } from './memory-outbox.ts';

/** Claims for as long as the process lives. */
export function memoryClaims(
  clock: Pick<Clock, 'now'>,
  log: MemoryLog,
  outbox: Pick<MemoryOutbox, 'raise'>,
): Claims {
  const kept = new Map<string, KeptClaim>();
  const read = (env: string | null) => {
    const all = [...kept.values()];
    const there = all.filter(({ claim }) => env === null || envOfName(claim.target) === env);
    return { kept: asStored(there), now: clock.now() };
  };
  return turnClaims({
    read: async (target) => read(target === null ? null : envOfName(target)),
    change: async (target, decide) => {
      const { answer, change } = decide(read(envOfName(target)));
      if (!change) return answer;
      const { version, claim, open, entry, notice } = change;
      kept.set(target, asStored({ version, claim, open }));
      const subject = claimSubject(target);
      log.append({ subject, about: storedJson({ id: subject }), version, at: clock.now(), entry });
      if (notice) outbox.raise(notice.subject, 1, [{ kind: 'claim', to: notice.to }]);
      return answer;
    },
  });
}
