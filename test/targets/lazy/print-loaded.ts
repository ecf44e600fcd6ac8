import { registerHooks } from 'node:module';

/**
 * Prints, as JSON, the npm packages that are loaded once the drivers are imported and, when a driver
 * and its section are given as arguments, once that driver is opened and closed again.
 */
const loaded = new Set<string>();
registerHooks({
  load(url, context, next) {
    const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
    if (name) loaded.add(name);
    return next(url, context);
  },
});

const { Secret } = await import('../../../src/core/secret.ts');
const { drivers } = await import('../../../src/targets/index.ts');
await import('../../../src/targets/targets.ts');
const [name, section = '{}'] = process.argv.slice(2);
const driver = drivers.find((one) => one.name === name);
if (driver) {
  const clock = { now: () => 0, monotonic: () => 0 };
  const options = driver.options.parse(JSON.parse(section, asInTheFile));
  const offer = await driver.open(options, { service: 'rms-auth', env: 'prod' }, { clock });
  await offer.close();
}
console.log(JSON.stringify([...loaded].sort()));

/** In the configuration file a token is a reference to a secret. */
function asInTheFile(key: string, value: unknown) {
  return key === 'token' ? new Secret(String(value)) : value;
}
