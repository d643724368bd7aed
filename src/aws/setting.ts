/**
 * Where and as whom AWS is called. Everything is optional: the SDK's own chain of environment,
 * profile, SSO, container and instance roles fills in the rest.
 */
export interface AwsSetting {
  /** A profile of the shared configuration files. */
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  /** A role to assume with those credentials, in a member account as a rule. */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  /** Another endpoint for the service that is read: an emulator or an interface endpoint. */
  readonly endpointUrl?: string | undefined;
}

/** Those of the European Sovereign Cloud begin with `eusc`. */
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d$/;

/** `aws-global` and the like name no place; the SDK would send STS calls to the legacy endpoint. */
export function isRegion(name: string): boolean {
  return REGION.test(name);
}

/** The account of a role or resource, from its ARN. */
export function accountOf(arn: string): string | null {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null;
}
