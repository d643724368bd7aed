/**
 * Memory of the ledger: node bench/ledger.mjs [calls]. Every call has an id of its own, one of
 * 1,000 roles, one of 50 clients, and random sessions and addresses.
 */
import { clientKey } from '../dist/clients/client-key.js';
import { parseClient } from '../dist/clients/parse-client.js';
import { Cells } from '../dist/report/group.js';
import { Ledger } from '../dist/report/ledger.js';
import { randomFrom } from './random.mjs';

const calls = Number(process.argv[2] ?? 10_000_000);
const random = randomFrom(7);
const clients = new Map();
const ledger = new Ledger(new Cells(describe));
const before = process.memoryUsage().rss;
for (let call = 0; call < calls; call += 1) ledger.add(hit());
const { tallies } = ledger.close();
const counted = [...tallies.values()].reduce((sum, tally) => sum + tally.calls, 0);
const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 1e6;
console.log(
  JSON.stringify({
    calls,
    counted,
    groups: tallies.size,
    megabytes: Math.round(megabytes),
    bytesACall: Math.round((megabytes * 1e6) / calls),
  }),
);

function describe(userAgent) {
  if (!clients.has(userAgent)) {
    const client = parseClient(userAgent);
    clients.set(userAgent, { client, key: clientKey(client) });
  }
  return clients.get(userAgent);
}

function hit() {
  const time = 1_768_000_000 + random.below(31_536_000);
  return {
    eventId: random.uuid(),
    sharedEventId: null,
    replacesEventId: null,
    copy: 'caller',
    count: 1,
    firstSeen: time,
    lastSeen: time,
    accountId: '111122223333',
    principal: {
      type: 'role',
      id: `arn:aws:iam::111122223333:role/r${random.below(1000)}`,
      accountId: '111122223333',
    },
    awsService: null,
    vpcEndpointId: null,
    operation: 'AssumeRole',
    errorCode: null,
    servingRegion: 'us-east-1',
    tlsVersion: 'TLSv1.3',
    signals: ['host-header'],
    disagrees: false,
    durationSeconds: 3600,
    userAgent: `aws-cli/1.27.${random.below(50)} Python/3.10.6 Linux/5.10.0 botocore/1.29.74`,
    sourceAddresses: [`10.${random.below(256)}.${random.below(256)}.1`],
    sessionNames: [random.hex(16)],
    requestedSessionNames: [random.hex(16)],
    targetRoles: [],
    issuedTo: [],
  };
}
