/**
 * Memory and time of the ledger: node bench/ledger.mjs [--calls 10000000] [--roles 1000]
 * [--clients 2]. Every call has an id, sessions and an address of its own; every role calls with
 * every client, so there are roles times clients findings.
 */
import { parseArgs } from 'node:util';
import { clientKey } from '../dist/clients/client-key.js';
import { parseClient } from '../dist/clients/parse-client.js';
import { Cells } from '../dist/report/group.js';
import { Ledger } from '../dist/report/ledger.js';
import { randomFrom } from './random.mjs';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000000' },
    roles: { type: 'string', default: '1000' },
    clients: { type: 'string', default: '2' },
  },
});
const calls = Number(values.calls);
const random = randomFrom(7);
const clients = new Map();
const ledger = new Ledger(new Cells(describe));
const before = process.memoryUsage().rss;
for (let call = 0; call < calls; call += 1) ledger.add(hit());
const { tallies } = ledger.close();
let [counted, findings] = [0, 0];
for (const tally of tallies) {
  counted += tally.facts().calls;
  findings += 1;
}
const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 1e6;
console.log(
  JSON.stringify({
    calls,
    counted,
    findings,
    megabytes: Math.round(megabytes),
    bytesACall: Math.round((megabytes * 1e6) / calls),
    microsecondsACall: Math.round((process.cpuUsage().user / calls) * 10) / 10,
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
      id: `arn:aws:iam::111122223333:role/r${random.below(Number(values.roles))}`,
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
    userAgent: `aws-cli/1.27.${random.below(Number(values.clients))} Python/3.10.6 Linux/5.10.0 botocore/1.29.74`,
    sourceAddresses: [flat(`10.${random.below(256)}.${random.below(256)}.1`)],
    sessionNames: [flat(random.hex(16))],
    requestedSessionNames: [flat(random.hex(16))],
    targetRoles: [],
    issuedTo: [],
  };
}

/** As strings come out of a parser: whole, not as a rope of the parts they were made of. */
function flat(text) {
  return Buffer.from(text, 'latin1').toString('latin1');
}
