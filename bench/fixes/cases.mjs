/**
 * What is tried: a client, where it runs, and what it is told before the fix. `upgraded` is the
 * client that an upgrade step leads to. `before` is the host that it must reach without the fix.
 */
const REGION = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' };
const GLOBAL = 'sts.amazonaws.com';
const legacy = { env: REGION, before: GLOBAL };

export const CASES = [
  {
    client: 'boto3 1.10.1 (botocore 1.13.1)',
    ...legacy,
    upgraded: 'boto3 1.40.0 (botocore 1.40.0)',
  },
  {
    client: 'boto3 1.10.2 (botocore 1.13.2)',
    ...legacy,
    upgraded: 'boto3 1.40.0 (botocore 1.40.0)',
  },
  {
    client: 'boto3 1.39.17 (botocore 1.39.17)',
    ...legacy,
    upgraded: 'boto3 1.40.0 (botocore 1.40.0)',
  },
  {
    client: 'boto3 1.39.17 (botocore 1.39.17)',
    ...legacy,
    credentials: 'web identity',
    upgraded: 'boto3 1.40.0 (botocore 1.40.0)',
  },
  { client: 'boto3 1.40.0 (botocore 1.40.0)', env: {}, before: GLOBAL },
  { client: 'boto3 1.40.0 (botocore 1.40.0)', env: { AWS_REGION: 'eu-west-1' }, before: GLOBAL },
  {
    client: 'boto3 1.40.0 (botocore 1.40.0)',
    env: { ...REGION, AWS_STS_REGIONAL_ENDPOINTS: 'legacy' },
    before: GLOBAL,
  },
  {
    client: 'boto3 1.40.0 (botocore 1.40.0)',
    env: { ...REGION, AWS_ENDPOINT_URL_STS: 'https://sts.amazonaws.com' },
    before: GLOBAL,
  },
  { client: 'boto 2.49.0', ...legacy },
  { client: 'AWS CLI 1.41.17', ...legacy, upgraded: 'AWS CLI 1.42.0' },
  { client: 'AWS CLI 1.42.0', env: {}, before: GLOBAL },
  { client: 'AWS CLI 2.9.19', env: {}, before: GLOBAL },
  { client: 'AWS CLI 2.9.19', env: { AWS_STS_REGIONAL_ENDPOINTS: 'regional' }, before: GLOBAL },
  { client: 'JavaScript v2 2.524.0', ...legacy, upgraded: 'JavaScript v2 2.525.0' },
  { client: 'JavaScript v2 2.525.0', ...legacy },
  { client: 'JavaScript v2 2.1693.0', ...legacy },
  { client: 'JavaScript v2 2.1693.0', ...legacy, credentials: 'web identity' },
  { client: 'JavaScript v2 2.1693.0', ...legacy, env: { AWS_REGION: 'ap-northeast-2' } },
  { client: 'JavaScript v3 3.1169.0', env: { AWS_REGION: 'aws-global' }, before: GLOBAL },
  {
    client: 'JavaScript v3 3.1169.0',
    env: { ...REGION, AWS_ENDPOINT_URL_STS: 'https://sts.amazonaws.com' },
    before: GLOBAL,
  },
  { client: 'Java v1 1.11.657', ...legacy, upgraded: 'Java v1 1.11.658' },
  { client: 'Java v1 1.11.658', ...legacy },
  { client: 'Java v1 1.12.788', ...legacy },
  { client: 'Java v2 2.31.0', env: { AWS_REGION: 'aws-global' }, before: GLOBAL },
  {
    client: 'Java v2 2.31.0',
    env: { ...REGION, AWS_ENDPOINT_URL_STS: 'https://sts.amazonaws.com' },
    before: GLOBAL,
  },
  { client: 'Java v1 1.12.788, credential chain', ...legacy, credentials: 'web identity' },
  { client: 'AWS CLI 1.41.17', ...legacy, credentials: 'role profile', upgraded: 'AWS CLI 1.42.0' },
  { client: 'AWS CLI 2.9.19', env: {}, credentials: 'role profile', before: GLOBAL },
  {
    client: 'Java v2 2.31.0, credential chain',
    env: {},
    credentials: 'web identity',
    before: GLOBAL,
  },
  {
    client: 'Java v2 2.31.0, credential chain',
    env: {},
    credentials: 'role profile',
    before: GLOBAL,
  },
  { client: 'Go v1 1.25.17', ...legacy, upgraded: 'Go v1 1.25.18' },
  { client: 'Go v1 1.25.18', ...legacy },
  { client: 'Go v1 1.25.35', ...legacy },
  { client: 'Go v1 1.55.8', ...legacy },
  { client: 'Go v1 1.55.8', ...legacy, credentials: 'web identity' },
  {
    client: 'Go v1 1.55.8',
    env: { AWS_REGION: 'ap-northeast-2' },
    before: 'sts.ap-northeast-2.amazonaws.com',
  },
  { client: 'Go v2 1.48.0', env: { AWS_REGION: 'aws-global' }, before: GLOBAL },
  {
    client: 'Go v2 1.48.0',
    env: { ...REGION, AWS_ENDPOINT_URL_STS: 'https://sts.amazonaws.com' },
    before: GLOBAL,
  },
  { client: 'minio-go 7.0.66', env: {}, credentials: 'web identity', before: GLOBAL },
  {
    client: 'Ruby core 3.168.1',
    env: { ...REGION, AWS_STS_REGIONAL_ENDPOINTS: 'legacy' },
    before: GLOBAL,
  },
  { client: 'Kotlin 1.6.0', env: { AWS_REGION: 'aws-global' }, before: GLOBAL },
];
