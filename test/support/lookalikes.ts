/**
 * Callers of which two differ in one field alone, each field in its turn: what an engine puts
 * together must not make one of them. And a role with more of everything than a report lists.
 */
import { at, type Json, type RawRecord, uuid } from './events.js';
import { globalCall } from './records.js';

const OWN = '111111111111';
const CLOUD_USER = 'arn:aws:iam::aws:contextProvider/IdentityCenter';

/** Nothing but what is given tells these callers apart. */
const IDENTITIES: Readonly<Record<string, (one: string) => RawRecord>> = {
  'role by its id': (one) => ({ type: 'AssumedRole', principalId: `AROA${one}:s` }),
  'role by its ARN': (one) => ({ type: 'AssumedRole', arn: `arn:aws:sts::${OWN}:assumed-role/${one}/s` }), // prettier-ignore
  'role by its issuer': (one) => ({ type: 'AssumedRole', sessionContext: { sessionIssuer: { principalId: `AROA${one}` } } }), // prettier-ignore
  'role as itself': (one) => ({ type: 'Role', arn: `arn:aws:iam::${OWN}:role/${one}`, principalId: `AROA${one}:s` }), // prettier-ignore
  'user by ARN': (one) => ({ type: 'IAMUser', arn: `arn:aws:iam::${OWN}:user/${one}` }),
  'user by id': (one) => ({ type: 'IAMUser', principalId: `AIDA${one}` }),
  'user by name': (one) => ({ type: 'IAMUser', userName: one }),
  'federated user': (one) => ({ type: 'FederatedUser', arn: `arn:aws:sts::${OWN}:federated-user/${one}` }), // prettier-ignore
  'subject in the id': (one) => ({ type: 'WebIdentityUser', identityProvider: 'idp.example', principalId: `idp.example:aud:${one}`, userName: '' }), // prettier-ignore
  'subject like that of GitHub': (one) => ({ type: 'WebIdentityUser', identityProvider: 'idp.example', principalId: `idp.example:aud:norepo:org/app:${one}`, userName: `norepo:org/app:${one}` }), // prettier-ignore
  'SAML name': (one) => ({ type: 'SAMLUser', principalId: `${one}=:ann`, userName: 'ann' }),
  'Identity Center user by id': (one) => ({ type: 'IdentityCenterUser', principalId: one, credentialId: CLOUD_USER }), // prettier-ignore
  'unknown by id': (one) => ({ type: 'Unknown', principalId: `who:${one}` }),
  'directory user': (one) => ({ type: 'Directory', userName: one }),
  'another account': (one) => ({ type: 'AWSAccount', accountId: one === 'A' ? '333333333333' : '444444444444' }), // prettier-ignore
  'service by address': (one) => ({ type: 'AWSService', principalId: one }),
};

function call(name: string, changes: Readonly<Record<string, Json>>): RawRecord {
  return globalCall({ eventID: uuid(name), requestID: uuid(`request ${name}`), eventTime: at(6), recipientAccountId: OWN, ...changes }) as RawRecord; // prettier-ignore
}

export function lookalikes(): RawRecord[] {
  return Object.entries(IDENTITIES).flatMap(([name, identity]) =>
    ['A', 'B'].map((one) => call(`${name} ${one}`, { userIdentity: identity(one) })),
  );
}

/** One more than are listed, all on one day and all again on the next. */
export const CROWD = 101;

export function crowd(): RawRecord[] {
  return [0, 24].flatMap((hours) =>
    Array.from({ length: CROWD }, (_, place) =>
      call(`crowd ${hours} ${place}`, {
        eventTime: at(30 + hours),
        eventName: 'AssumeRole',
        sourceIPAddress: `203.0.113.${place}`,
        userIdentity: {
          type: 'AssumedRole',
          principalId: `AROACROWD:s${place}`,
          arn: `arn:aws:sts::${OWN}:assumed-role/Crowd/s${place}`,
          accountId: OWN,
          inScopeOf: { issuerType: 'AWS::Lambda::Function', credentialsIssuedTo: `arn:aws:lambda:eu-west-1:${OWN}:function:f${place}` }, // prettier-ignore
        },
        requestParameters: { roleArn: `arn:aws:iam::${OWN}:role/T${place}`, roleSessionName: `r${place}` }, // prettier-ignore
      }),
    ),
  );
}
