import type { SlackClient } from '../bot/calling/slack-client.ts';
import type { Drawn } from '../bot/outbox/attempt-options.ts';
import type { OutboxRooms } from '../bot/outbox/outbox-places.ts';
import { createOutboxSender } from '../bot/outbox/outbox-sender.ts';
import type { SlackDirectory } from '../bot/people/directory.ts';
import { findByAddress } from '../bot/people/find-by-address.ts';
import type { Config } from '../config/config.ts';
import type { Action } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { OutboxRow } from '../core/outbox.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Run } from '../core/run.ts';
import type { Targets } from '../core/targets.ts';
import type { RunTools } from '../handlers/runs/run-tools.ts';
import type { Ender } from '../runs/create-runner.ts';
import type { Runner } from '../runs/runner.ts';
import { whyStopped } from '../runs/why-stopped.ts';
import type { StoreDoor } from '../store/store-door.ts';
import { type CardPlaces, createCardPlaces } from './card-places.ts';
import { later, portOf } from './later.ts';
import { createMembership } from './membership.ts';
import { partsOnDemand } from './on-demand.ts';
import { withOwnOffers } from './own-offers.ts';
import { fromConfig } from './run-config.ts';
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
  /** Lets somebody who was suspended keep no part in any incident. It must not throw. */
  vacate(person: { id: string; team: string }): Promise<void>;
  /** Hears of every change of a run that is part of an incident. */
  changedInIncident(run: Run): void;
  /** Draws what the outbox holds about incidents, and says where their channels are. */
  drawIncidents(row: OutboxRow): Promise<Drawn | null>;
  rooms: OutboxRooms;
  /** Whether nothing is to be sent for now. */
  paused(): boolean;
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
  const targets = ownTargets(options, async (ended) => (await runner.get()).endRequestsOf(ended));
  const runner = laterRunner(options, { targets, places });
  const sender = senderOf(options);
  return {
    targets,
    tools: {
      runner: askedOnceKnown(
        portOf<Runner, Asked>(runner, asked, (loaded) => loaded),
        places,
      ),
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
      void runner.get().then(({ start }) => start());
      sender.start();
    },
    async stop(patience) {
      places.stop();
      if (runner.begun()) await (await runner.get()).stop(patience);
      await sender.stop(patience);
    },
  };
}

/** What people ask of the runner. */
const asked = {
  preview: true,
  request: true,
  vote: true,
  cancel: true,
  review: true,
  find: true,
} as const;

/** The runner. It is loaded once the database is open, or somebody wants to change something. */
const laterRunner = (
  options: RunPartsOptions,
  { targets, places }: { targets: Targets; places: CardPlaces },
) =>
  later(async () => {
    const { createRunner } = await partsOnDemand.runner();
    const { config, store, redactor } = options;
    return createRunner({
      ...options,
      ...store,
      runs: runsWithoutSecrets(store.runs, redactor),
      targets,
      newId: options.runId,
      approvals: () => config.approvals,
      ...fromConfig(options),
      cardPlaces: places.of,
      reviewPlaces: places.ofLateReview,
      namedPeople: places.named,
      breakGlass: usesWithoutSecrets(store.breakGlass, redactor),
      stopped: () => whyStopped(store.killSwitch),
      secondFactor: secondFactorFrom(options),
      incidentOf: async (id) => (await store.incidents.find(id))?.incident ?? null,
    });
  });

/** Brings to Slack what the outbox holds, about runs and about incidents. */
function senderOf(options: RunPartsOptions) {
  const { store, drawIncidents } = options;
  const drawRun = async (row: OutboxRow) =>
    (await partsOnDemand.runMessages()).drawRuns(options)(row);
  const draw = (row: OutboxRow) =>
    row.kind === 'incident' || row.kind === 'notice' ? drawIncidents(row) : drawRun(row);
  return createOutboxSender({ ...options, outbox: store.outbox, draw });
}

type Asked = Pick<Runner, keyof typeof asked>;

/** Nothing is asked for before it is known who has to see it. */
const askedOnceKnown = (runner: Asked, places: CardPlaces): Asked => ({
  ...runner,
  request: async (request) => {
    await places.known();
    return runner.request(request);
  },
});

/** The targets, with what Gatehouse itself offers for each. */
const ownTargets = (
  { targets, config, store, client, clock, redactor, vacate }: RunPartsOptions,
  endRequestsOf: Ender['endRequestsOf'],
): Targets =>
  withOwnOffers(targets, {
    redact: redactor.redact,
    membership: createMembership({
      config,
      suspensions: store.suspensions,
      findByAddress: findByAddress({ api: client.api, clock }),
      endRequestsOf,
      vacate,
    }),
  });
