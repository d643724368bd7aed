import type { WorkloadKind } from '../clients/advice.js';
import type { FindingFacts } from '../contracts.js';
import { sampleValues } from '../samples.js';

import { isFunction } from '../clients/evidence.js';
import { nameOf, ofSamples, type Found } from './found.js';
import { issuerOf, issuerWorkload } from './web-identity.js';

/** `arn:aws:lambda:R:A:function:NAME` gives NAME, `arn:aws:ec2:R:A:instance/ID` gives ID. */
function resourceName(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  return resource
    .replace(/^function:/, '')
    .replace(/^instance\//, '')
    .replace(/:.*$/, '');
}

function isInstance(arn: string): boolean {
  return arn.startsWith('arn:aws:ec2:');
}

function byResource(
  facts: FindingFacts,
  fits: (arn: string) => boolean,
  kind: WorkloadKind,
  what: string,
): Found[] {
  const names = sampleValues(facts.samples, 'issuedTo').filter(fits).map(resourceName);
  const [name] = names;
  if (name === undefined) return [];
  const text = `${what} ${nameOf(facts, 'issuedTo', names)}`;
  return [ofSamples(facts, 'issuedTo', fits, { kind, name, text, confidence: 'high' })];
}

/** Providers that the role's sessions came through, which AWS has verified. */
function byProvider(facts: FindingFacts): Found[] {
  const issuers = new Set(facts.samples.issuedTo.flatMap(({ value }) => issuerOf(value) ?? []));
  return [...issuers].map((issuer) =>
    ofSamples(facts, 'issuedTo', (arn) => issuerOf(arn) === issuer, issuerWorkload(issuer)),
  );
}

/** AWS itself names the compute resource or the provider that the credentials were issued to. */
export function byIssue(facts: FindingFacts): Found[] {
  return [
    ...byResource(facts, isFunction, 'lambda-function', 'Lambda function'),
    ...byResource(facts, isInstance, 'ec2-instance', 'EC2 instance'),
    ...byProvider(facts),
  ];
}
