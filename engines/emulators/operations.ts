/**
 * Operations of the JSON protocols without a client of the SDK: those that the product never calls,
 * and the question whether an emulator has one at all.
 */
const SIGNED = {
  'content-type': 'application/x-amz-json-1.1',
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/SERVICE/aws4_request, SignedHeaders=host, Signature=0',
};

/** `target` as on the wire, such as `AWSGlue.CreateDatabase`; `service` as in a signature. */
export async function ask(
  url: string,
  { service, target, input }: { service: string; target: string; input: unknown },
): Promise<number> {
  const authorization = SIGNED.authorization.replace('SERVICE', service);
  const headers = { ...SIGNED, authorization, 'x-amz-target': target };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
  await response.arrayBuffer();
  return response.status;
}
