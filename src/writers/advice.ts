import type { Finding } from '../report/finding-schema.js';
export interface Snippet {
  readonly label: string;
  readonly language: string;
  readonly code: string;
}
export interface Step {
  readonly title: string;
  readonly detail: string;
  readonly snippets: readonly Snippet[];
  readonly sources: readonly string[];
}
export interface Remediation {
  readonly steps: readonly Step[];
  readonly mayBreak: readonly string[];
  readonly verify: readonly Step[];
}
export const RISK_TIERS = [
  'served-remote',
  'unknown',
  'served-local',
  'already-us-east-1',
] as const;
export type RiskTier = (typeof RISK_TIERS)[number];
export interface Advised {
  readonly diagnosis: {
    readonly cause: string;
    readonly explanation: string;
    readonly confidence: string;
  };
  readonly remediation: Remediation;
  readonly workload: { readonly kind: string; readonly text: string } | null;
  readonly location: { readonly region: string | null; readonly explanation: string };
  readonly risk: { readonly tier: RiskTier; readonly score: number; readonly explanation: string };
}
const SAMPLE: Remediation = {
  steps: [
    {
      title: 'Set the Regional mode',
      detail:
        'Set AWS_STS_REGIONAL_ENDPOINTS=regional where the process starts, or sts_regional_endpoints in the profile that it uses. Each of the two suffices.',
      snippets: [
        {
          label: 'environment',
          language: 'sh',
          code: 'export AWS_STS_REGIONAL_ENDPOINTS=regional\nexport AWS_REGION=eu-west-1',
        },
        {
          label: '~/.aws/config',
          language: 'ini',
          code: '[default]\nsts_regional_endpoints = regional',
        },
      ],
      sources: [
        'https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html',
      ],
    },
    {
      title: 'Upgrade AWS CLI v1 to 1.42.0 or later',
      detail: 'From there on the Regional endpoint is the default.',
      snippets: [
        { label: 'shell', language: 'sh', code: "pip install --upgrade 'awscli>=1.42.0'" },
      ],
      sources: ['https://github.com/aws/aws-cli/issues/9634'],
    },
  ],
  mayBreak: [
    'Policies with aws:RequestedRegion see the Region of the caller instead of us-east-1.',
  ],
  verify: [
    {
      title: 'See that it worked',
      detail:
        'New events of this principal have tlsDetails.clientProvidedHostHeader sts.eu-west-1.amazonaws.com.',
      snippets: [],
      sources: [],
    },
  ],
};
export function advised(finding: Finding): Finding & Advised {
  const tier = RISK_TIERS[parseInt(finding.lineage.slice(0, 2), 16) % 4] ?? 'unknown';
  return {
    ...finding,
    diagnosis: {
      cause: 'legacy-default',
      explanation: `${finding.client.product} uses the global endpoint unless told otherwise.`,
      confidence: 'high',
    },
    remediation: SAMPLE,
    workload: null,
    location: { region: null, explanation: 'Not known.' },
    risk: {
      tier,
      score: RISK_TIERS.length - RISK_TIERS.indexOf(tier),
      explanation: 'It is not known which Region serves this caller.',
    },
  };
}
