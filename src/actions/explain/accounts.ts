import type { Danger } from './danger.ts';

/** Commands to AWS about accounts, alarms and logs that answer another question. */
export const accounts: readonly Danger[] = [
  {
    id: 'D14',
    name: 'admin-create-user --message-action SUPPRESS',
    words: [
      'suppress',
      'temporary-password',
      'temporary password',
      'admin-create-user',
      'aws cognito-idp admin-create-user',
      'ses send-email',
      'user onboarding',
    ],
    gist: 'the new user never learns the password, which everybody on the host can read',
    happens:
      'The temporary password stands among the arguments of a process, where others can read it, while Cognito is told not to send it. The mail that is written by hand does not hold it either, and is not in the form that SES takes.',
    instead:
      'Give neither a temporary password nor SUPPRESS: Cognito then makes one up and mails it to the user.',
    runbook: '000 User Onboarding',
  },
  {
    id: 'D15',
    name: 'list-users --filter "enabled = false"',
    words: [
      'enabled = false',
      'enabled = true',
      'list-users',
      'list-users filter enabled',
      'disabled users',
      'cognito-idp list-users',
    ],
    gist: 'Cognito cannot filter by that, so disabled accounts are not counted',
    happens:
      'There is no such attribute to filter by: the call fails, and the review counts nothing.',
    instead: 'Filter with status = "Disabled".',
    runbook: '000 Daily Security Checks, 000 Monthly Security Audit',
  },
  {
    id: 'D16',
    name: 'UserLastModifiedDate as last sign-in',
    words: ['userlastmodifieddate', 'last modified date', 'inactive users', 'inactive accounts'],
    gist: 'tells when an account was changed, not when it was used',
    happens:
      'Somebody who signs in daily and never changes anything counts as inactive, and a forgotten account whose group was changed does not. The date inside the quotes is not worked out by the shell either.',
    instead:
      'Take the last sign-in from the sign-in events. Where there are none, call the figure what it is: not changed for 90 days.',
    runbook: '000 Monthly Security Audit',
  },
  {
    id: 'D17',
    name: 'put-metric-alarm on the sum of SignInFailures',
    words: [
      'put-metric-alarm',
      'signinfailures',
      'failure rate alarm',
      'aws cloudwatch put-metric-alarm',
      'high failure rate alert',
    ],
    gist: 'compares a count with 10 and calls it 10 %, on a metric that is not there',
    happens:
      'Ten failures in five minutes set it off at noon, and at night every sign-in may fail without a word. Cognito publishes successes as zeros and ones, from which failures follow; it has no metric of that name.',
    instead:
      'Alarm on 100 × (1 − average of SignInSuccesses), with a least number of attempts beside it.',
    runbook: '000 High Failure Rate Alert',
  },
  {
    id: 'D18',
    name: 'aws logs insights start-query',
    words: [
      'logs insights start-query',
      'insights start-query',
      'start-query',
      'aws logs start-query',
    ],
    gist: 'is no command, and nobody would fetch its answer',
    happens:
      'The command is aws logs start-query, without insights. It returns the number of a query that runs on its own; the script never asks for the result, so the check passes without having looked.',
    instead:
      'Start the query, then ask for its results until they are there or a deadline is over.',
    runbook: '000 Daily Security Checks',
  },
  {
    id: 'D19',
    name: "filter-log-events --query 'length(events)'",
    words: [
      'length(events)',
      'filter-log-events',
      'aws logs filter-log-events',
      'count log events',
    ],
    gist: 'counts page by page, and is throttled when there is most to count',
    happens:
      'The figure is that of one page of answers at a time, not of the day. On a large log the calls are slow and get throttled, just when a wave of failures makes the number matter.',
    instead: 'Count on the other side, with the Insights query stats count().',
    runbook: '000 Morning Health Check, 000 Evening Log Review',
  },
];
