import type { ApprovalPolicy } from '../core/approval-policy.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { Limits } from '../core/limits.ts';
import type { PaceLimits } from '../core/pace.ts';
import type { Policy } from '../core/policy.ts';
import type { Secret } from '../core/secret.ts';
import type { AccountRules } from './accounts-schema.ts';
import type { SlackAccess } from './environment.ts';
import type { NotifySettings } from './notify-schema.ts';
import type { IncidentSettings } from './read-incidents.ts';

/** Everything that Gatehouse was told, checked and whole. */
export interface Config {
  /** Null when no Slack token is set. */
  slack: SlackAccess | null;
  /** The Slack workspace's id. */
  team: string;
  channels: { approvals: string | null; incidents: string | null };
  catalogue: Catalogue;
  policy: Policy;
  limits: Limits;
  /** How often Slack's methods may be called. */
  pace: PaceLimits;
  /** Whose accounts are whose, and which are kept. */
  accounts: AccountRules;
  /** What incidents promise, and whom they call. */
  incidentSettings: IncidentSettings;
  /** How people are called while Slack cannot be reached. */
  notify: NotifySettings;
  /** What has to be approved by whom. */
  approvals: ApprovalPolicy;
  /** Null means the embedded database in `dataFolder`. */
  databaseUrl: Secret | null;
  dataFolder: string;
  /** Reaches the same database as the owner of its tables; null when the bot owns them itself. */
  migrationUrl: Secret | null;
  /** Where the anchors of the audit are copied to. */
  anchors: { channel: string | null; file: string };
  /** What one-time passwords are encrypted with, the newest first; empty when none can be checked. */
  encryptionKeys: readonly Secret[];
  /** `url` is the address under which people reach it; null for the one that it listens on. */
  web: { host: string; port: number; url: string | null };
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Every secret value that was read, for the redactor. */
  secrets: readonly Secret[];
}
