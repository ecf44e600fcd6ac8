import nodemailer from 'nodemailer';
import type { Secret } from '../core/secret.ts';
import type { Way } from './way.ts';

/** The server that mail leaves through. */
export interface SmtpOptions {
  host: string;
  port: number;
  /** `required` begins in plain words and goes no further without TLS; `implicit` begins with TLS. */
  tls: 'required' | 'implicit' | 'none';
  /** Null where the server asks for none. */
  login: { user: string; password: Secret } | null;
  /** Whom the mail is from. */
  from: string;
  /** Certificates that are trusted besides those of the system, in PEM. */
  authority?: string;
}

/** How long each part of a conversation with the server may take, in milliseconds. */
const patience = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };

/** Writes mail. It opens one connection for each page, and never reads a file or an address out of a text. */
export function createSmtpWay({
  host,
  port,
  tls,
  login,
  from,
  authority,
}: SmtpOptions): Way<readonly string[]> {
  const transport = nodemailer.createTransport({
    ...{ host, port, ...patience },
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    ...(authority && { tls: { ca: authority } }),
    ...(login && { auth: { user: login.user, pass: login.password.reveal() } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(addresses, { subject, text, key }) {
      const { accepted, rejected } = await transport.sendMail({
        from,
        to: [...addresses],
        subject,
        text,
        messageId: `<${key.replaceAll(/[^a-z0-9.-]/gi, '.')}@gatehouse>`,
        headers: { 'auto-submitted': 'auto-generated' },
        priority: 'high',
      });
      if (accepted.length > 0) return;
      throw new Error(`the mail server took none of ${rejected.length} addresses`);
    },
    close: async () => transport.close(),
  };
}
