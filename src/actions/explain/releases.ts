import type { Danger } from './danger.ts';

/** Ways to deploy, roll back and update that leave something else running than was meant. */
export const releases: readonly Danger[] = [
  {
    id: 'D10',
    name: 'apt upgrade --security-only',
    words: ['security-only', 'apt upgrade', 'apt upgrade -y', 'apt update', 'security updates'],
    gist: 'is refused by apt: no security update was ever installed',
    happens:
      'apt knows no such option and stops. The weekly maintenance goes on, and the host stays unpatched while the report says otherwise.',
    instead:
      'Run unattended-upgrade --dry-run, look at the list, then let it install those, one host at a time.',
    runbook: '000 Weekly Maintenance',
  },
  {
    id: 'D12',
    name: 'kubectl logs -l … | grep',
    words: ['kubectl logs', 'kubectl logs -l', 'kubectl logs -l app=auth-service'],
    gist: 'reads the last ten lines of each pod and searches only those',
    happens:
      'With a label, kubectl shows ten lines a pod unless told otherwise. The search that follows finds nothing, and an attack looks like silence.',
    instead:
      'Say how far back: /auth logs SERVICE@ENV --since 1h --grep TEXT, or kubectl logs with --since and --tail=-1 for each pod.',
    runbook: '002 High Error Rate, 002 Authentication Failures',
  },
  {
    id: 'D20',
    name: 'docker stop, docker run, docker rename',
    words: [
      'docker run',
      'docker run -d --name auth-backend-prod',
      'docker rename',
      'docker stop auth-backend-prod',
      'docker stop',
    ],
    gist: 'an outage, and a container without its settings, ports and network',
    happens:
      'The old container is stopped before the new one has shown that it works, the new one is started without environment, ports or network, and its name is still taken. Sign-ins fail until somebody puts it right by hand.',
    instead:
      'Make the new container from the settings of the old one, check it beside the old, switch the names, and keep the old one stopped for the way back.',
    runbook: '001 Standard Deployment, 001 Rollback Procedures',
  },
  {
    id: 'D21',
    name: "rollback to yesterday's backup",
    words: [
      'rollback',
      'tar -xzf rms-api.tar.gz',
      'rms-api.tar.gz',
      'backup/deployment',
      'yesterday',
      "date -d '1 day ago'",
      'rollback.sh',
    ],
    gist: 'goes back a day, not to what worked, and leaves newer files in place',
    happens:
      'Yesterday may be just as broken, and on some days there is no backup. Unpacked over the running tree, files that only the newer release had stay where they are, and the result is a mixture nobody tested.',
    instead:
      'Go back to the newest release that is marked verified and switch to it as a whole. /auth history SERVICE@ENV shows which one that is.',
    runbook: '000 Rollback Procedure',
  },
  {
    id: 'D22',
    name: 'terraform apply without a plan file',
    words: ['terraform', 'terraform apply', 'terraform plan', 'terraform apply var-file'],
    gist: 'applies something else than what was looked at',
    happens:
      'The plan was made with the variables of production, the apply without them, and both look at the world at different times. What is changed or destroyed is not what somebody agreed to.',
    instead: 'Save the plan with -out, have exactly that file approved, and apply the file.',
    runbook: '000 Complete System Recovery',
  },
  {
    id: 'D30',
    name: 'building on the production host',
    words: [
      'docker build',
      'docker build -t enterprise-auth-backend:new',
      'cargo update',
      'cargo build',
      'cargo build --release',
      'build on host',
    ],
    gist: 'runs code in production that nobody reviewed and nobody can name',
    happens:
      'cargo update and a build without pinned versions fetch whatever is newest at that moment. The result was never tested, differs from host to host, and a tag such as new says nothing about what it holds.',
    instead: 'Build and test elsewhere, and deploy by digest from the registry.',
    runbook: '001 Standard Deployment, 003 Applying Security Patches',
  },
  {
    id: 'X3',
    name: 'kubectl rollout undo',
    words: ['rollout undo', 'kubectl rollout undo deployment/auth-service', 'undo'],
    gist: 'goes to the revision before, whatever that was; twice leads back again',
    happens:
      'Without a revision it takes the one before the current. After a rollback that is the broken release: a second undo brings it back. Nothing checks that the revision ever worked or fits the schema of today.',
    instead:
      'Name the revision, one that is known to have worked: /auth history SERVICE@ENV shows it. Revisions are renumbered after an undo, so look again right before.',
    runbook: '002 Quick Reference Commands, 002 Rolling Updates',
  },
  {
    id: 'X4',
    name: 'iac/destroy.sh',
    words: ['destroy.sh', 'bash iac/destroy.sh', 'terraform destroy', 'destroy'],
    gist: 'takes the database along; there is no question and no way back',
    happens:
      'The script removes the whole environment, accounts included. Which one it removes depends on the variables that happen to be set.',
    instead:
      'Never in production. Elsewhere only for environments labelled as short-lived, with the name typed in and a backup checked.',
    runbook: '004 Destroy Azure Infrastructure, 004 Capacity and Cost Controls',
  },
  {
    id: 'X5',
    name: 'tar -xzf … -C /',
    words: ['tar -C /', 'tar -xzf rms-config-latest.tar.gz -C /', 'restore configuration'],
    gist: 'writes an archive of unknown age over the live system',
    happens:
      'Every file of the archive replaces the live one, at any path, certificates and keys included, and what was there before is lost.',
    instead:
      'Unpack into an empty folder, compare file by file, check the configuration, keep a copy of what is replaced, then move the files that should change.',
    runbook: '000 Configuration Restoration',
  },
];
