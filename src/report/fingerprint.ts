import { type Hit, SAMPLE_KINDS } from '../contracts.js';

/**
 * A 32-bit digest of what a hit says. It orders copies of one event that differ (one of them was
 * trimmed by hand, say), so that the copy that counts does not depend on the order of the files.
 */
export function fingerprint(hit: Hit): number {
  let hash = 0x811c_9dc5;
  for (const text of contentOf(hit)) {
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
    }
    hash = Math.imul(hash ^ 0xff, 0x0100_0193);
  }
  return hash >>> 0;
}

function contentOf(hit: Hit): string[] {
  return [
    hit.copy,
    hit.sharedEventId ?? '',
    hit.accountId,
    hit.principal.type,
    hit.principal.id,
    hit.awsService ?? '',
    hit.vpcEndpointId ?? '',
    hit.operation,
    hit.errorCode ?? '',
    hit.servingRegion ?? '',
    hit.tlsVersion ?? '',
    String(hit.firstSeen),
    String(hit.durationSeconds),
    ...hit.signals,
    ...SAMPLE_KINDS.map((kind) => valuesOf(hit, kind)[0] ?? ''),
  ];
}

/** The values of one kind, in one shape for all kinds. */
export function valuesOf(hit: Hit, kind: (typeof SAMPLE_KINDS)[number]): readonly string[] {
  return kind === 'userAgents' ? [hit.userAgent] : hit[kind];
}
