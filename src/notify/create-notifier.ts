import type { Notifier } from '../core/notifier.ts';
import type { SmtpOptions } from './smtp.ts';
import type { Way } from './way.ts';
import type { WebhookOptions } from './webhook.ts';

/** The ways that are configured; null where there is none. */
export interface NotifierOptions {
  smtp: SmtpOptions | null;
  webhooks: WebhookOptions | null;
}

/** Calls people by mail and webhook. The code of each way is loaded when the first page goes that way. */
export function createNotifier({ smtp, webhooks }: NotifierOptions): Notifier {
  const mail = later(async () => (await import('./smtp.ts')).createSmtpWay(given(smtp)));
  const hook = later(async () => (await import('./webhook.ts')).createWebhookWay(given(webhooks)));
  return {
    reaches: (to) =>
      to.kind === 'mail'
        ? smtp !== null && to.addresses.length > 0
        : webhooks !== null && Object.hasOwn(webhooks.addresses, to.name),
    async notify(to, page) {
      if (to.kind === 'mail') await (await mail.get()).send(to.addresses, page);
      else await (await hook.get()).send(to.name, page);
    },
    async close() {
      await Promise.all([mail.close(), hook.close()]);
    },
  };
}

function given<T>(options: T | null): T {
  if (options === null) throw new Error('this way is not configured');
  return options;
}

/** Made when it is first needed, and once. */
function later<To>(make: () => Promise<Way<To>>) {
  let made: Promise<Way<To>> | null = null;
  return {
    get: () => {
      made ??= make();
      return made;
    },
    close: async () => (await made?.catch(() => null))?.close(),
  };
}
