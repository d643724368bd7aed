import type { Client } from '../contracts.js';

export function parseClient(userAgent: string): Client {
  const product =
    userAgent
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '*')
      .replace(/(^|\s)m\/[A-Za-z,]+/g, '')
      .trim() || 'none';
  return {
    product,
    version: null,
    sdk: null,
    sdkVersion: null,
    runtime: null,
    executionEnvironment: null,
    applicationId: null,
    endpointOverride: false,
  };
}
export const clientKey = (client: Client): string => client.product;
export const clientLineage = (client: Client): string => client.product;
export const describeClient = (client: Client): string => client.product;
