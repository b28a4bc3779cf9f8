import { z } from 'zod';

const name = z.string().min(1);

/** A public hosted zone of Route 53. */
export const hostedZoneSchema = z.strictObject({
  /** The domain. */
  name,
  account: name,
});

/** A certificate that is issued already. */
export const certificateSchema = z.strictObject({
  name,
  account: name,
  domain: z.string(),
  alternativeNames: z.array(z.string()).default([]),
});

export const eksClusterSchema = z.strictObject({
  name,
  account: name,
  vpc: name,
  version: z.string(),
  securityGroup: name,
  /** Role of its AWS Gateway API Controller. */
  controllerRole: name.optional(),
});

export const quotaSchema = z.strictObject({
  account: name,
  service: z.string(),
  code: z.string(),
  value: z.number().min(0),
});
