import { z } from 'zod';

export const count = z.int().min(0);
export const counts = z.record(z.string(), count).readonly();
/** ISO 8601 in UTC, to the second. */
export const time = z.iso.datetime();
export const texts = z.array(z.string()).readonly();
