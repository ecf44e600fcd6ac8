import type { SlackDirectory } from '../bot/directory.ts';
import { findByAddress } from '../bot/find-by-address.ts';
import type { Drawn } from '../bot/outbox-attempt.ts';
import type { OutboxRooms } from '../bot/outbox-places.ts';
import { createOutboxSender } from '../bot/outbox-sender.ts';
import type { SlackClient } from '../bot/slack-client.ts';
import type { Config } from '../config/config.ts';
import type { Action } from '../core/action.ts';
import { anchorNumber } from '../core/anchor.ts';
import { type Catalogue, isProduction, targetsIn } from '../core/catalogue.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { OutboxRow } from '../core/outbox.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Run } from '../core/run.ts';
import type { Target } from '../core/target.ts';
import type { Targets } from '../core/targets.ts';
import { lateReview } from '../handlers/late-review.ts';
import { lostClaim } from '../handlers/lost-claim.ts';
import { readStop } from '../handlers/read-stop.ts';
import type { RunTools } from '../handlers/run-tools.ts';
import { createRunner, type Ender } from '../runs/create-runner.ts';
import { wasLastTry } from '../runs/end-places.ts';
import type { Runner } from '../runs/runner.ts';
import { whyStopped } from '../runs/why-stopped.ts';
import type { StoreDoor } from '../store/store-door.ts';
import { anchorMessage } from '../views/anchor.ts';
import { lostClaimMessage } from '../views/claim.ts';
import { lateReviewMessage } from '../views/late-review.ts';
import { runCard } from '../views/run-card.ts';
import { endNotice } from '../views/run-end-notice.ts';
import { askingRights } from './asking-rights.ts';
import { type CardPlaces, createCardPlaces } from './card-places.ts';
import { createMembership } from './membership.ts';
import { withOwnOffers } from './own-offers.ts';
import { secondFactorFrom } from './second-factor.ts';
import {
  claimsWithoutSecrets,
  runsWithoutSecrets,
  switchWithoutSecrets,
  usesWithoutSecrets,
} from './without-secrets.ts';

/** What runs are put together from. */
export interface RunPartsOptions {
  config: Pick<
    Config,
    | 'accounts'
    | 'catalogue'
    | 'channels'
    | 'limits'
    | 'team'
    | 'policy'
    | 'approvals'
    | 'encryptionKeys'
  >;
  actions: readonly Action[];
  store: StoreDoor;
  targets: Targets;
  directory: SlackDirectory;
  client: SlackClient;
  clock: Clock;
  log: Log;
  redactor: Pick<Redactor, 'redact' | 'redactAll'>;
  /** A new id for a run: short enough to be typed. */
  runId(): string;
  /** Draws what the outbox holds about incidents, and says where their channels are. */
  drawIncidents(row: OutboxRow): Promise<Drawn | null>;
  rooms: OutboxRooms;
  /** Which process this is, for the audit. */
  agent: string;
  /** So many bytes that nobody can guess. */
  randomBytes(size: number): Uint8Array;
}

/** Runs, from the request to the message in Slack. */
export interface RunParts {
  /** What the desk works with. */
  tools: RunTools;
  /** The targets, with what Gatehouse itself offers for each. */
  targets: Targets;
  start(): void;
  stop(patience: number): Promise<void>;
}

/** Puts runs together: the runner, and the sender that shows them. */
export function createRunParts(options: RunPartsOptions): RunParts {
  const { config, store } = options;
  const approvals = config.channels.approvals;
  const places = createCardPlaces(options);
  const targets = ownTargets(options, (ended) => runner.endRequestsOf(ended));
  const runner = createRunner({
    ...options,
    ...store,
    runs: runsWithoutSecrets(store.runs, options.redactor),
    targets,
    newId: options.runId,
    approvals: () => config.approvals,
    ...fromConfig(options),
    cardPlaces: places.of,
    reviewPlaces: places.ofLateReview,
    breakGlass: usesWithoutSecrets(store.breakGlass, options.redactor),
    stopped: () => whyStopped(store.killSwitch),
    secondFactor: secondFactorFrom(options),
  });
  const sender = senderOf(options);
  return {
    targets,
    tools: {
      runner: askedOnceKnown(runner, places),
      runs: store.runs,
      audit: store.audit,
      outbox: store.outbox,
      notes: store.notes,
      claims: claimsWithoutSecrets(store.claims, options.redactor),
      locks: store.locks,
      killSwitch: switchWithoutSecrets(store.killSwitch, options.redactor),
      approvalPolicy: config.approvals,
      approvals,
    },
    start() {
      places.start();
      runner.start();
      sender.start();
    },
    async stop(patience) {
      places.stop();
      await runner.stop(patience);
      await sender.stop(patience);
    },
  };
}

/** Brings to Slack what the outbox holds, about runs and about incidents. */
function senderOf(options: RunPartsOptions) {
  const { store, drawIncidents } = options;
  const drawRuns = drawFrom(options);
  const draw = (row: OutboxRow) =>
    row.kind === 'incident' || row.kind === 'notice' ? drawIncidents(row) : drawRuns(row);
  return createOutboxSender({ ...options, outbox: store.outbox, draw });
}

/** Nothing is asked for before it is known who has to see it. */
const askedOnceKnown = (runner: Runner, places: CardPlaces): Runner => ({
  ...runner,
  request: async (request) => {
    await places.known();
    return runner.request(request);
  },
});

/** The targets, with what Gatehouse itself offers for each. */
const ownTargets = (
  { targets, config, store, client, clock, redactor }: RunPartsOptions,
  endRequestsOf: Ender['endRequestsOf'],
): Targets =>
  withOwnOffers(targets, {
    redact: redactor.redact,
    membership: createMembership({
      config,
      suspensions: store.suspensions,
      findByAddress: findByAddress({ api: client.api, clock }),
      endRequestsOf,
    }),
  });

/** What a message of the outbox says now. */
const drawFrom =
  ({ store, config }: Pick<RunPartsOptions, 'store' | 'config'>) =>
  async (row: OutboxRow): Promise<Drawn | null> => {
    const { kind, subject } = row;
    if (kind === 'anchor') {
      const anchor = await store.anchors.find(anchorNumber(subject) ?? 0);
      return anchor && { message: anchorMessage(anchor), version: 1 };
    }
    if (kind === 'claim') {
      const lost = await lostClaim(store, subject);
      return lost && { message: lostClaimMessage(lost), version: 1 };
    }
    if (kind === 'review') {
      const late = await lateReview(store, config.approvals.breakGlass, subject);
      return late && { message: lateReviewMessage(late), version: 1 };
    }
    return drawRun(store, row);
  };

/** The card of a run, or the notice of its end. */
async function drawRun(
  store: RunPartsOptions['store'],
  { kind, subject, to }: OutboxRow,
): Promise<Drawn | null> {
  const run = await store.runs.find(subject);
  if (!run) return null;
  if (kind === 'end') {
    return { message: endNotice(run, await wasLastTry(store.runs, run)), version: run.version };
  }
  const audience = to === requesterOf(run) ? 'requester' : 'deciders';
  const stop = run.state === 'approved' ? await readStop(store) : null;
  return { message: runCard(run, { audience, stop }), version: run.version };
}

const requesterOf = ({ requestedBy }: Run): string => `user:${requestedBy.id}`;

/** What runs ask of the configuration. */
const fromConfig = (options: Pick<RunPartsOptions, 'config' | 'actions'>) => ({
  ...placesIn(options.config.catalogue),
  asking: askingRights(options),
  limits: () => options.config.limits,
});

const placesIn = (catalogue: Catalogue) => ({
  isProduction: (target: Target) => isProduction(catalogue, target),
  targetsIn: (env: string) => targetsIn(catalogue, env),
  stagesBefore: (target: Target) => stagesBefore(catalogue, target),
});

/** For production every environment of the service that is none, for the others none. */
function stagesBefore(catalogue: Catalogue, { service, env }: Target): Target[] {
  const all = catalogue.services.find(({ name }) => name === service)?.environments ?? [];
  if (!all.find(({ name }) => name === env)?.production) return [];
  return all.flatMap(({ name, production }) => (production ? [] : [{ service, env: name }]));
}
