import type { Flavour } from '../flavour.ts';
import { enterpriseAuth } from './enterprise-auth.ts';
import { identityPlatform } from './identity-platform.ts';
import { rmsAuth } from './rms-auth.ts';
import { rustAuth } from './rust-auth.ts';
import { securityPlatform } from './security-platform.ts';

/** The systems of the demo, in the order of their runbooks. */
export const flavours: readonly Flavour[] = [
  rmsAuth,
  enterpriseAuth,
  rustAuth,
  securityPlatform,
  identityPlatform,
];
