import type { Action } from '../core/action.ts';
import type { Query } from '../core/query.ts';
import { block } from './block.ts';
import { blocks } from './blocks.ts';
import { cacheClear } from './cache-clear.ts';
import { deploy } from './deploy.ts';
import { evidenceList } from './evidence-list.ts';
import { evidenceSnapshot } from './evidence-snapshot.ts';
import { explain } from './explain.ts';
import { health } from './health.ts';
import { history } from './history.ts';
import { keysRotate } from './keys-rotate.ts';
import { lockoutClear } from './lockout-clear.ts';
import { logs } from './logs.ts';
import { maintenanceOff } from './maintenance-off.ts';
import { maintenanceOn } from './maintenance-on.ts';
import { passwordReset } from './password-reset.ts';
import { ratelimitSet } from './ratelimit-set.ts';
import { restart } from './restart.ts';
import { rollback } from './rollback.ts';
import { scale } from './scale.ts';
import { services } from './services.ts';
import { sessionsRevoke } from './sessions-revoke.ts';
import { sessionsRevokeAll } from './sessions-revoke-all.ts';
import { status } from './status.ts';
import { unblock } from './unblock.ts';
import { userOffboard } from './user-offboard.ts';
import { userOnboard } from './user-onboard.ts';
import { userRestore } from './user-restore.ts';
import { userShow } from './user-show.ts';

/** Every command that only reads. A new one is its file, a line here and its test. */
export const queries: readonly Query[] = [
  status,
  health,
  logs,
  history,
  services,
  explain,
  userShow,
  evidenceList,
  blocks,
];

/** Every command that changes something. A new one is its file, a line here and its test. */
export const actions: readonly Action[] = [
  restart,
  rollback,
  deploy,
  scale,
  block,
  unblock,
  maintenanceOn,
  maintenanceOff,
  ratelimitSet,
  cacheClear,
  keysRotate,
  lockoutClear,
  userOnboard,
  userOffboard,
  userRestore,
  passwordReset,
  sessionsRevoke,
  sessionsRevokeAll,
  evidenceSnapshot,
];
