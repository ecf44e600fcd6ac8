import { z } from 'zod';
import { durationBetween } from '../core/duration.ts';
import { Secret } from '../core/secret.ts';
import { channelId, name, oneOrMore, reachable, texts } from './file-words.ts';
import { workingHoursSchema } from './working-hours-schema.ts';

/** A time, or `none` for never. */
const orNever = (least: string, most: string) =>
  z.union([z.literal('none').transform(() => null), durationBetween(least, most)]);

const rung = z.strictObject({
  after: durationBetween('0s', '7d').describe('How long after the declaration, such as `5m`.'),
  call: name.describe('The contact that is called then, by its name.'),
});

const ladder = z
  .array(rung)
  .max(10)
  .refine(
    (rungs) => rungs.every(({ after }, at) => at === 0 || after >= (rungs[at - 1]?.after ?? 0)),
    'expected the rungs in the order of their times',
  );

const clock = z.strictObject({
  acknowledge: orNever('1m', '7d')
    .optional()
    .describe('By when somebody has to have acknowledged it, such as `5m`; `none` is never.'),
  update_every: orNever('1m', '1d')
    .optional()
    .describe('Between two updates, such as `15m`; `none` is no updates.'),
  working_hours: z.boolean().optional().describe('Whether updates rest outside of working hours.'),
  unacknowledged: ladder
    .optional()
    .describe('Who is called while nobody has acknowledged it: contacts, one after the other.'),
  unresolved: ladder
    .optional()
    .describe('Who is called while it is not resolved, although somebody has acknowledged it.'),
  still_on_it: orNever('5m', '1d')
    .optional()
    .describe(
      'After how long without a sign of life whoever acknowledged is asked, such as `30m`.',
    ),
  watch: durationBetween('1m', '1d')
    .optional()
    .describe('How long the checks have to stay good before it can be resolved.'),
  watch_after_release: durationBetween('1m', '1d')
    .optional()
    .describe('The same after a release was changed.'),
  review_days: z
    .union([z.literal('none').transform(() => null), z.number().int().min(1).max(60)])
    .optional()
    .describe('In how many working days the review is due; `none` where it is optional.'),
});

const severity = z.enum(['sev1', 'sev2', 'sev3', 'sev4']);

const contact = z.strictObject({
  who: oneOrMore(reachable)
    .pipe(z.array(z.string()))
    .describe('`user:U…`, `group:S…`, `oncall:NAME` or `role:NAME`, one or several.'),
  email: oneOrMore(
    z
      .string()
      .max(254)
      .regex(/^[^\s@]+@[^\s@]+$/, 'expected an e-mail address'),
  )
    .pipe(z.array(z.string()))
    .optional()
    .describe('Where they are written to while Slack cannot be reached.'),
  webhook: z
    .custom<Secret>(
      (value) => value instanceof Secret,
      'expected env:NAME or file:PATH: it is a secret',
    )
    .optional()
    .describe('The address that is called meanwhile: a secret, `env:NAME` or `file:PATH`.'),
});

const cadence = z
  .strictObject({
    least: durationBetween('1m', '1d').default(300_000).describe('The least.'),
    most: durationBetween('1m', '1d').default(14_400_000).describe('The most.'),
  })
  .refine(({ least, most }) => least <= most, 'expected at least as much for most as for least');

const security = z.strictObject({
  unacknowledged: ladder
    .optional()
    .describe('Who is called besides while nobody has acknowledged it.'),
  unresolved: ladder.optional().describe('Who is called besides; `0s` is at once.'),
  update_every: durationBetween('1m', '1d').optional().describe('Between two updates.'),
  watch: durationBetween('1m', '1d').optional().describe('How long is watched afterwards.'),
});

const overridable = {
  clocks: z
    .partialRecord(severity, clock)
    .default({})
    .describe('What is promised by severity, `sev1` to `sev4`. What is left out stays as it is.'),
  security: security.prefault({}).describe('What is otherwise while it is about security.'),
  contacts: z
    .record(name, contact)
    .default({})
    .describe(
      'Who is called, by the name that ladders and people use. There are `primary`, `secondary`, `manager`, `security` and `ciso` already: the on-call list of that name, or the role.',
    ),
  cadence: cadence.optional().describe('What people may set between two updates.'),
  duplicate_within: orNever('1m', '1d')
    .optional()
    .describe(
      'For how long after an incident was declared whoever declares the same service sees that one first, such as `10m`; `none` is never.',
    ),
  stakeholders: channelId
    .optional()
    .describe('The channel that reads what communications approve, `C…`.'),
  working_hours: workingHoursSchema
    .optional()
    .describe('When people work: for updates that rest at night, and for what is due in days.'),
};

const service = z.strictObject({
  ...overridable,
  words: z
    .record(z.string().min(1).max(30), z.number().int().min(1).max(4))
    .default({})
    .describe('What its runbook calls severities, such as `P0: 1`; cards show the first for each.'),
});

const section = z.strictObject({
  ...overridable,
  roles: z
    .strictObject({
      responders: texts
        .optional()
        .describe(
          'Whoever holds one of these may acknowledge. Left out: `oncall` where there is such a role, else everybody.',
        ),
      managers: texts
        .optional()
        .describe(
          'May lower a severity, cancel, resolve and do without a review. Left out: `manager`.',
        ),
      security: texts
        .optional()
        .describe('May say that it is not about security after all. Left out: `security`.'),
    })
    .prefault({})
    .describe('The roles that may do what not everybody may.'),
  services: z
    .record(name, service)
    .default({})
    .describe('What is otherwise for a service, by its name.'),
});

/** The section `incidents`: what is promised when something is broken, and who is called. */
export const incidentsSchema = section
  .prefault({})
  .describe(
    'What is promised when something is broken, and who is called. Left out: the defaults of gatehouse.example.yml.',
  );

/** The section as the schema parsed it. */
export type IncidentsSection = z.infer<typeof incidentsSchema>;

/** What of it can be otherwise for a service. */
export type IncidentsPart = Omit<z.infer<typeof service>, 'words'>;
