import type { KubeConfig } from '@kubernetes/client-node';
import { messageOf, TargetError } from '../../core/errors.ts';
import type { KubernetesOptions } from './options.ts';

/** Makes an empty configuration of the SDK, which is loaded late. */
export type NewConfig = () => KubeConfig;

/**
 * How to reach the API server and who Gatehouse is there.
 *
 * @throws {TargetError} when there is no such file or context, or the file asks for something unsafe.
 */
export function configFor(
  { kubeconfig, context }: Pick<KubernetesOptions, 'kubeconfig' | 'context'>,
  newConfig: NewConfig,
): KubeConfig {
  const config = newConfig();
  try {
    if (kubeconfig === undefined) config.loadFromCluster();
    else config.loadFromFile(kubeconfig);
  } catch (cause) {
    throw wrong(`the kubeconfig ${kubeconfig ?? ''} cannot be read: ${messageOf(cause)}`, cause);
  }
  if (context !== undefined) config.setCurrentContext(context);
  const why = kubeconfig === undefined ? outside(config) : objectionTo(config);
  if (why !== null) throw wrong(why);
  return config;
}

const outside = (config: KubeConfig): string | null =>
  config.getCurrentCluster()?.server.includes('undefined')
    ? 'no kubeconfig is given, and Gatehouse does not run inside a cluster'
    : null;

/** Why a kubeconfig is not used: it must neither run programs nor trust whoever answers. */
function objectionTo(config: KubeConfig): string | null {
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (!cluster || !user) {
    const known = config.getContexts().map(({ name }) => name);
    return `the kubeconfig has no usable context ${config.getCurrentContext() ?? ''}; it has ${known.join(', ') || 'none'}`;
  }
  if (user.exec || user.authProvider) {
    return 'the kubeconfig runs a program to sign in, which Gatehouse does not: give it the token of a service account';
  }
  if (cluster.skipTLSVerify)
    return 'the kubeconfig does not check the certificate of the API server';
  if (cluster.proxyUrl) return 'the kubeconfig asks for a proxy, which Gatehouse does not use';
  return cluster.server.startsWith('https://') ? null : 'the kubeconfig does not use https';
}

const wrong = (message: string, cause?: unknown): TargetError =>
  new TargetError(message, { retryable: false, happened: false, cause });
