import { describe, expect, it } from 'vitest';

import type { Step } from '../../../src/clients/advice.js';

import { analyse } from '../../../src/report/analyse.js';
import { EKS, makeFacts, type FactsOptions } from '../make-facts.js';

function stepOf(options: FactsOptions, start: string): Step | undefined {
  const facts = makeFacts(options);
  const { steps } = analyse(facts, { lastSeenAgainst: '2026-11-21T00:00:00Z' }).remediation;
  return steps.find(({ title }) => title.startsWith(start));
}

const boto = (more = ''): string => `Boto3/1.26.1 Python/3.9.5 Linux/5${more} Botocore/1.29.1`;
const LAMBDA = boto(' exec-env/AWS_Lambda_python3.9');

describe('Lambda', () => {
  it('moves the alias too, since versions keep the environment they were published with', () => {
    const step = stepOf({ userAgent: LAMBDA, samples: { sessionNames: ['billing'] } }, 'Set ');
    expect(step?.detail).toContain('a version or an alias');
    expect(step?.snippets[1]?.code).toContain('publish-version');
    expect(step?.snippets[1]?.code).toContain('update-alias --region eu-west-1');
    expect(step?.snippets[0]?.code).toMatch(/wait function-updated .*billing\n\)$/);
  });

  it('changes nothing where the variables of the function cannot be read', () => {
    const [commands] = stepOf({ userAgent: LAMBDA }, 'Set ')?.snippets ?? [];
    // Lambda answers with Environment.Error and no Variables when it may not decrypt them.
    expect(commands?.code).toContain('--query Environment --output json');
    expect(commands?.code).toContain('if .Error then error(');
    expect(commands?.code).toMatch(/^\(\n  set -eo pipefail\n/);
  });

  it('sends nobody at the edge to variables, which Lambda@Edge refuses', () => {
    const at = (session: string): string | undefined =>
      stepOf({ userAgent: LAMBDA, samples: { sessionNames: [session] } }, 'Set ')?.detail;
    expect(at('us-east-1.viewer-auth')).toMatch(/Lambda@Edge, which takes no variables/);
    expect(at('us-east-1-auth')).not.toContain('Lambda@Edge');
  });

  it('warns that the function is named by its session only', () => {
    const guessed = stepOf({ userAgent: LAMBDA, samples: { sessionNames: ['billing'] } }, 'Set ');
    expect(guessed?.detail).toContain('Check the name');
    const issuedTo = ['arn:aws:lambda:eu-west-1:111122223333:function:billing'];
    const known = stepOf({ userAgent: LAMBDA, samples: { issuedTo } }, 'Set ');
    expect(known?.detail).not.toContain('Check the name');
  });
});

describe('the function in a command', () => {
  const arn = (region: string, name: string): string =>
    `arn:aws:lambda:${region}:111122223333:function:${name}`;

  it('has its name and its Region from one ARN, and the others are named', () => {
    const issuedTo = [arn('eu-west-1', 'billing'), arn('us-west-2', 'export')];
    const servingRegions = { 'us-west-2': 6, 'eu-west-1': 5 };
    const step = stepOf({ userAgent: LAMBDA, servingRegions, samples: { issuedTo } }, 'Set ');
    expect(step?.snippets[0]?.code).toContain('--region eu-west-1 --function-name billing');
    expect(step?.detail).toContain('the others are export in us-west-2.');
  });

  it('is none of another account, nor a role session of it', () => {
    const options: FactsOptions = {
      userAgent: LAMBDA,
      principal: { type: 'external-account', id: '123456789012', accountId: '123456789012' },
      samples: { sessionNames: ['AROAVENDOR:scanner'] },
    };
    expect(stepOf(options, 'Set ')?.snippets[0]?.code).toContain('--function-name FUNCTION');
    const odd = { userAgent: LAMBDA, samples: { sessionNames: ['=cmd@x'] } };
    expect(stepOf(odd, 'Set ')?.snippets[0]?.code).toContain('--function-name FUNCTION');
  });
});

describe('ECS', () => {
  it('adds to the environment of a container, which a second list would replace', () => {
    const step = stepOf({ userAgent: boto(' exec-env/AWS_ECS_FARGATE') }, 'Set ');
    expect(step?.snippets[0]?.code).not.toContain('[');
    expect(step?.detail).toContain('a second list of that name would replace the first');
  });
});

describe('EKS', () => {
  const principal = {
    type: 'web-identity',
    id: `${EKS} system:serviceaccount:pay:api -> r`,
    accountId: null,
  } as const;

  it('says why a pod can be global although EKS sets the mode', () => {
    const step = stepOf({ principal }, 'Set ');
    expect(step?.detail).toContain('EKS 1.25 and later sets the mode and the Region');
    expect(step?.detail).toContain('annotation set to false');
    expect(step?.snippets.map(({ label }) => label)).toEqual([
      'one workload',
      'or every pod of the service account (the mode only)',
    ]);
  });
});

describe('EKS Pod Identity', () => {
  it('gives no part of the session for a namespace', () => {
    const session = 'eks-prod-cluster-payments-api-0a1b2c3d-1111-2222-3333-444455556666';
    const step = stepOf({ samples: { sessionNames: [session] } }, 'Set ');
    expect(step?.snippets[0]?.code).toContain('-n NAMESPACE ');
  });
});

describe('Windows and PowerShell', () => {
  const powerShell = (system: string): string =>
    `AWSPowerShell.Common/4.1.90.0 .NET_Core/6.0.5 OS/${system} PowerShellCore/7.2 ClientAsync`;
  const codes = (options: FactsOptions): string =>
    stepOf(options, 'Set AWS_STS')
      ?.snippets.map(({ code }) => code)
      .join('\n') ?? '';

  it('are told apart by the system, not by the product', () => {
    expect(codes({ userAgent: powerShell('Linux_5.10') })).toContain('export AWS_REGION=');
    expect(codes({ userAgent: powerShell('Microsoft_Windows_10') })).toContain('setx AWS_REGION');
  });

  it('set every variable for the machine, whichever step names it', () => {
    const { steps } = analyse(
      makeFacts({ userAgent: 'aws-sdk-go/1.44.1 (go1.19; windows; amd64)' }),
      { lastSeenAgainst: '2026-11-21T00:00:00Z' },
    ).remediation;
    const lines = steps
      .flatMap(({ snippets }) => snippets.flatMap(({ code }) => code.split('\n')))
      .filter((line) => line.startsWith('setx'));
    expect(lines).toContain('setx AWS_SDK_LOAD_CONFIG 1 /M');
    expect(lines.filter((line) => !line.endsWith(' /M'))).toEqual([]);
  });

  it('give an EC2 instance that runs Windows no systemd unit', () => {
    const samples = { sessionNames: ['i-0123456789abcdef0'] };
    const code = codes({ userAgent: powerShell('Microsoft_Windows_10.0.17763'), samples });
    expect(code).toContain('setx AWS_STS_REGIONAL_ENDPOINTS regional /M');
    expect(code).not.toContain('[Service]');
  });
});

describe('a DNS override', () => {
  it('is removed only after the private DNS of the endpoint was looked at', () => {
    const step = stepOf({ vpcEndpointId: 'vpce-0123456789abcdef0' }, 'Remove the DNS override');
    expect(step?.need).toBe('also');
    expect(step?.detail).toContain('private DNS on');
    expect(step?.snippets[0]?.code).toContain(
      'describe-vpc-endpoints --region eu-west-1 --vpc-endpoint-ids vpce-0123456789abcdef0',
    );
    expect(step?.snippets[0]?.code).toContain('PrivateDnsEnabled');
  });
});

describe('a Region variable', () => {
  it('must not replace the Region that a process has', () => {
    expect(stepOf({ userAgent: boto() }, 'Set ')?.detail).toContain(
      'Leave out AWS_DEFAULT_REGION where the process has a Region already',
    );
    expect(stepOf({ userAgent: 'aws-cli/2.9.1' }, 'Set AWS_REGION')?.detail).toContain(
      'moves the other AWS clients of the process too',
    );
    expect(stepOf({ userAgent: boto().replace('1.29.1', '1.40.1') }, 'Set ')?.detail).toContain(
      'AWS_DEFAULT_REGION moves the other AWS clients of the process too',
    );
    expect(stepOf({ userAgent: LAMBDA }, 'Set ')?.detail).not.toContain('other AWS clients');
    expect(stepOf({ userAgent: boto() }, 'Set it in the shared')?.detail).toContain(
      'Keep a region that stands there',
    );
  });
});

describe('a place of some calls', () => {
  it('adds its form to that of the others, with the Region of its own commands', () => {
    const arn = 'arn:aws:lambda:us-west-2:111122223333:function:nightly';
    const step = stepOf(
      {
        samples: { sessionNames: ['jenkins', 'nightly'] },
        counted: { issuedTo: { '': 99, [arn]: 1 } },
        servingRegions: { 'eu-west-1': 100 },
      },
      'Set ',
    );
    expect(step?.detail).toContain('For Lambda function nightly (1 of 100 calls)');
    expect(step?.snippets[0]?.code).toContain('export AWS_STS_REGIONAL_ENDPOINTS=regional');
    const lambda = step?.snippets.find(({ code }) => code.includes('aws lambda'));
    expect(lambda?.code).toContain('--region us-west-2 --function-name nightly');
    expect(lambda?.code).not.toContain('AWS_DEFAULT_REGION');
  });
});

it('names every session that may be that of a function', () => {
  const step = stepOf(
    { userAgent: LAMBDA, samples: { sessionNames: ['jenkins', 'nightly'] } },
    'Set ',
  );
  expect(step?.detail).toContain('Other sessions: nightly');
});
