/** A service in an environment: what a command is done to. Written `rust-auth@prod`. */
export interface Target {
  service: string;
  env: string;
}

/** The way a target is written and read: `service@env`. */
export const targetName = ({ service, env }: Target): string => `${service}@${env}`;

/** The service of the target `all@env`: every service of that environment that can do it. No service may be called so. */
export const everyService = 'all';
