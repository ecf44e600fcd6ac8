import fc from 'fast-check';

/**
 * Properties are tried with the same inputs in every run: a run that is red is about what was changed since the
 * last one. `FC_SEED` names others, as the long proof does; what it prints of a failure is tried again with it.
 */
const seed = Number(process.env.FC_SEED ?? 20_261_122);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
