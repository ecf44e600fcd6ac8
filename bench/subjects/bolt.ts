// Bare Bolt: one listener that acknowledges, and answers when ANSWER is set. The rival of the bench.
import bolt from '@slack/bolt';

const { SIGNING_SECRET = '', SLACK_API_URL = '', ANSWER, PORT } = process.env;
const quiet = () => {};
const logger = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  setName: quiet,
  getLevel: () => bolt.LogLevel.ERROR,
};
const app = new bolt.App({
  token: 'xoxb-bench',
  signingSecret: SIGNING_SECRET,
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logger,
});
app.command('/auth', async ({ ack, respond }) => {
  await ack();
  if (ANSWER) await respond('All 5 are up.');
});
const server = await app.start(Number(PORT ?? 0));
const address = 'address' in server ? server.address() : null;
console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`);
process.on('message', () => process.send?.(process.cpuUsage()));
process.on('disconnect', () => process.exit(0));
