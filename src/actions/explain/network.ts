import type { Danger } from './danger.ts';

/** Containment that does not contain, or destroys what it should preserve. */
export const network: readonly Danger[] = [
  {
    id: 'D9',
    name: 'iptables -A INPUT … -j DROP',
    words: [
      'iptables',
      'iptables drop',
      'iptables -A INPUT -s',
      'block ip',
      'firewall drop',
      'ban ip',
    ],
    gist: 'does nothing after an earlier rule that accepts; never expires',
    happens:
      'The rule is added at the end, so a packet that an earlier rule accepts never gets there: the attacker is still served. Where it works it covers neither IPv6 nor a restart, nobody takes it away again, and it can hit a load balancer or an office behind one address.',
    instead:
      'Put the address into an own nftables set that is checked before the other rules and forgets it after an hour, after a look at the sign-ins that succeed from there.',
    runbook: '000 Suspected Breach, 003 High Volume of Failed Logins',
  },
  {
    id: 'D24',
    name: 'iptables DROP on port 3000, then evidence',
    words: [
      'iptables -A INPUT -p tcp --dport 3000 -j DROP',
      'dport 3000',
      'isolate service',
      'tar logs to tmp',
      'tar auth-logs',
      'tar -czf /tmp/auth-logs',
      'evidence preservation',
      'containment order',
    ],
    gist: 'cuts off its own health check and destroys evidence before saving it',
    happens:
      'In this order the service is unreachable for responders too, sessions are wiped before anybody has looked at them, and the stopped process takes its memory and connections along. The logs end up in /tmp, readable by everybody and without a checksum.',
    instead:
      'Preserve first: connections, processes, session counts, then logs, with checksums, in a place only responders reach. Then isolate while letting responders in, then revoke, then rotate keys.',
    runbook: '003 Security Breach Response',
  },
  {
    id: 'D23',
    name: 'POST /admin/keys/rotate without a token',
    words: [
      'keys rotate',
      'rotate keys',
      'key rotation',
      'admin/keys/rotate',
      'jwt key rotation',
      'force key rotation',
    ],
    gist: 'either fails, or shows that anybody may rotate the keys',
    happens:
      'The runbook sends this request once with the admin token and once without. Without it the step fails unseen in the middle of a breach; should it succeed, the admin route is open to everybody.',
    instead:
      'Always send the token, check the answer and the new key in the JWKS, and treat a success without a token as a finding of its own.',
    runbook: '003 Security Breach Response, 003 JWT Token Validation Failures',
  },
  {
    id: 'D31',
    name: 'curl chat.postMessage with $SLACK_TOKEN',
    words: [
      'slack_token',
      'chat.postMessage',
      'curl slack',
      'notify stakeholders',
      'slack.com/api/chat.postMessage',
    ],
    gist: 'shows the token to everybody who lists processes on that host',
    happens:
      'A token among the arguments can be read by every user of the machine for as long as the command runs, and stays in the history of the shell. Who holds it can write as the app.',
    instead: 'Gatehouse holds the token and writes to the channel of the incident itself.',
    runbook: '000 Complete Authentication Failure',
  },
];
