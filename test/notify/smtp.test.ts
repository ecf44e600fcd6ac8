import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { createSmtpWay, type SmtpOptions } from '../../src/notify/smtp.ts';
import { selfSigned } from '../support/self-signed.ts';

const page = {
  incident: 'INC-42',
  subject: 'SEV1 INC-42: login down\r\nBcc: everybody@example.com',
  text: 'Slack cannot be reached.',
  key: 'INC-42/17/secondary',
};
const { cert, key } = selfSigned();

/** A mail server of the test, and what it was sent. */
async function mailServer(options: SMTPServerOptions = {}) {
  const got: { to: string[]; text: string; secure: boolean; user: string | undefined }[] = [];
  const server = new SMTPServer({
    ...{ cert, key, authOptional: true, disableReverseLookup: true },
    onAuth: ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('wrong password')),
    onData: (stream, session, done) => {
      void text(stream).then((all) => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        got.push({ to, text: all, secure: session.secure, user: session.user });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const way = (more: Partial<SmtpOptions> = {}) =>
    createSmtpWay({
      ...{ host: '127.0.0.1', port, tls: 'required', login: null, authority: cert },
      from: 'gatehouse@example.com',
      ...more,
    });
  return { got, way };
}

test('a page arrives as mail over TLS, with a name that is the same for every try', async () => {
  const { got, way } = await mailServer();
  await way().send(['a@example.com', 'b@example.com'], page);
  expect(got).toMatchObject([{ to: ['a@example.com', 'b@example.com'], secure: true }]);
  expect(got[0]?.text).toContain('Message-ID: <INC-42.17.secondary@gatehouse>');
  expect(got[0]?.text).toContain('Slack cannot be reached.');
});

test('nothing that stands in a title becomes a header or another addressee', async () => {
  const { got, way } = await mailServer();
  await way().send(['a@example.com'], page);
  expect(got[0]?.to).toEqual(['a@example.com']);
  expect(got[0]?.text).not.toMatch(/^Bcc:/im);
});

test('nothing is sent in plain words to a server that offers no TLS, or whose certificate nobody trusts', async () => {
  const plain = await mailServer({ disabledCommands: ['STARTTLS'] });
  await expect(plain.way().send(['a@example.com'], page)).rejects.toThrow();
  const unknown = await mailServer();
  await expect(
    unknown.way({ authority: selfSigned().cert }).send(['a@example.com'], page),
  ).rejects.toThrow();
  expect([plain.got, unknown.got]).toEqual([[], []]);
});

test('whoever logs in does so with the secret, and a wrong one is an error', async () => {
  const { got, way } = await mailServer({ authOptional: false });
  const login = (password: string) => ({ user: 'gatehouse', password: new Secret(password) });
  await way({ login: login('right') }).send(['a@example.com'], page);
  expect(got[0]?.user).toBe('gatehouse');
  await expect(way({ login: login('wrong') }).send(['a@example.com'], page)).rejects.toThrow();
});

test('a server that refuses every address, or is not there, is an error', async () => {
  const { way } = await mailServer({
    onRcptTo: (_address, _session, done) => done(new Error('nobody of that name')),
  });
  await expect(way().send(['a@example.com'], page)).rejects.toThrow();
  await expect(way({ port: 1 }).send(['a@example.com'], page)).rejects.toThrow();
});
