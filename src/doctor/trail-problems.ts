import type { TrailFacts } from './facts.js';

/** Why a trail's evidence would be incomplete. */
export function problemsOf(trail: TrailFacts): string[] {
  const { selection } = trail;
  return [
    ...(trail.isLogging === false ? ['it is switched off: nothing new is logged'] : []),
    ...trail.deliveryErrors.map((error) => `its last delivery failed: ${error}`),
    ...(trail.includesGlobalEvents ? [] : ['it leaves out events of global services, and with them calls to the global endpoint']), // prettier-ignore
    ...(trail.isMultiRegion || trail.homeRegion === 'us-east-1'
      ? []
      : ['it does not log us-east-1']),
    ...(selection?.management === 'none'
      ? ['it logs no management events, which STS calls are']
      : []),
    ...(selection?.management === 'write' ? ['it logs write events only: AssumeRole and GetCallerIdentity are read events'] : []), // prettier-ignore
    ...(selection?.management === 'read' ? ['it logs read events only: GetSessionToken and GetFederationToken are missing'] : []), // prettier-ignore
    ...(selection?.leavesOutSts === true ? ['it leaves out the events of STS'] : []),
    ...(selection === null || selection.narrowedBy.length === 0 ? [] : [`its selectors also choose by ${selection.narrowedBy.join(', ')}, which may leave out calls`]), // prettier-ignore
    ...(trail.isLogging === null || selection === null
      ? ['not all of it could be looked at: see below']
      : []),
  ];
}
