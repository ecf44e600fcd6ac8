import { z } from 'zod';
import { durationBetween } from '../core/duration.ts';
import { name, oneOrMore, reachable, texts } from './file-words.ts';
import { windowsSchema } from './windows-schema.ts';

const risk = z.enum(['low', 'high', 'destructive']);

const slot = z.strictObject({
  n: z.number().int().min(1).max(5).default(1).describe('How many people.'),
  any_of: texts.describe('The roles of which each of them holds one.'),
});

const escalate = z.strictObject({
  after: durationBetween('10s', '1d').describe(
    'After how long, such as `5m`: sooner than it expires.',
  ),
  to: oneOrMore(reachable)
    .pipe(z.array(z.string()))
    .describe('`role:NAME`, `oncall:NAME`, `user:U…` or `group:S…`, one or several.'),
});

const set = z
  .strictObject({
    slots: z
      .array(slot)
      .max(6)
      .default([])
      .describe('Who has to say yes. All of them, each place by another person.'),
    requester_confirms: z
      .boolean()
      .default(false)
      .describe('Whether who asked says once more that they mean it. Only without slots.'),
    expires: durationBetween('10s', '1d')
      .default(900_000)
      .describe('How long it waits, such as `15m`; then nothing is done.'),
    valid_for: durationBetween('10s', '1d')
      .default(600_000)
      .describe('How long it may start once it is approved, such as `10m`.'),
    reason: z
      .number()
      .int()
      .min(0)
      .max(500)
      .default(0)
      .describe('The least number of characters of the reason.'),
    typed_target: z
      .boolean()
      .default(false)
      .describe('Whether approvers have to type the name of the target.'),
    step_up: z
      .enum(['none', 'totp'])
      .default('none')
      .describe('What approvers have to prove besides: a one-time password, or nothing.'),
    incident: z
      .enum(['required'])
      .optional()
      .describe('Whether there has to be an open incident about the target.'),
    escalate: escalate
      .optional()
      .describe(
        'Who hears of it once, by a direct message, when it has waited for so long. Being told gives nobody a say.',
      ),
  })
  .refine(({ escalate, expires }) => escalate === undefined || escalate.after < expires, {
    error: 'expected a time before it expires: nobody could do anything any more',
    path: ['escalate', 'after'],
  })
  .refine(({ escalate, slots }) => escalate === undefined || slots.length > 0, {
    error: 'expected slots beside it: nobody else could do anything',
    path: ['escalate'],
  })
  .refine(
    ({ slots, requester_confirms }) => !(requester_confirms && slots.length > 0),
    'expected either slots or requester_confirms: who asks never counts beside others',
  );

const setName = (what: string) => z.string().optional().describe(`The name of a set for ${what}.`);

const environment = z.strictObject({
  low: setName('what is of low risk'),
  high: setName('what is of high risk'),
  destructive: setName('what is destructive'),
  windows: windowsSchema
    .default({})
    .describe(
      'When actions may be asked for and begin, by their names: days, hours and a time zone such as `deploy: "Mon-Thu 08:00-16:00 Europe/Berlin"`, a list of such, or `open` with them and `in_incident: true` for what may be done at any time in an open incident. What is not named may be done at any time.',
    ),
});

const matching = {
  action: texts.optional().describe('The actions it is about; left out: all.'),
  service: texts.optional().describe('The services it is about; left out: all.'),
  env: texts.optional().describe('The environments it is about; left out: all.'),
};

const rule = z.strictObject({
  ...matching,
  risk: z
    .array(risk)
    .min(1)
    .or(risk.transform((one) => [one]))
    .optional()
    .describe('The risks it is about; left out: all.'),
  role: texts.optional().describe('The roles of which the requester holds one; left out: anybody.'),
  approval: z.string().describe('The set that is needed. It must ask for at least as much.'),
});

const escalator = z.strictObject({
  ...matching,
  fact: z
    .strictObject({
      name: z.string().min(1).describe('The name of the fact, as the plan shows it.'),
      over: z
        .number()
        .optional()
        .describe('It is more than this figure, or cannot be read as one.'),
      is: z.string().optional().describe('It is exactly this.'),
    })
    .refine(
      ({ over, is }) => (over === undefined) !== (is === undefined),
      'expected either over or is',
    )
    .optional()
    .describe('A fact of the plan.'),
  irreversible: z.literal(true).optional().describe('`true`: the plan cannot be undone.'),
  to: z.enum(['high', 'destructive']).describe('The least risk that the plan then has.'),
});

const laxity = z.strictObject({
  env: z.string().describe('`production`, `elsewhere` or the name of an environment.'),
  risk: z.enum(['high', 'destructive']).describe('The risk for which it asks for less.'),
  because: z.string().min(10).max(300).describe('Why that is meant so.'),
});

/** What has to be approved by whom. */
export const approvalsSchema = z.strictObject({
  sets: z
    .record(name, set)
    .default({})
    .describe('Sets by name. There are `none`, `confirm`, `one`, `two` and `two_sec` already.'),
  environments: z
    .record(z.string(), environment)
    .default({})
    .describe('The set for each risk, in `production`, `elsewhere` or an environment by its name.'),
  rules: z
    .array(rule)
    .default([])
    .describe('Other sets for some requests; the first that matches counts.'),
  escalators: z.array(escalator).default([]).describe('What makes a plan riskier.'),
  lax: z
    .array(laxity)
    .default([])
    .describe('Where fewer people are asked than Gatehouse would otherwise start with.'),
});

/** The section as the schema parsed it. */
export type ApprovalsSection = z.infer<typeof approvalsSchema>;
