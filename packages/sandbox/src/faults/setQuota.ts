import { z } from 'zod';
import type { Estate } from '../estate/Estate';
import type { AppliedQuota } from '../estate/networkResources';
import { serviceQuotas } from '../operations/servicequotas/quotas';

const quotaSchema = z.strictObject({
  accountId: z.string().regex(/^\d{12}$/),
  region: z.string().optional(),
  service: z.string().default('vpc-lattice'),
  code: z.string(),
  value: z.number().min(0).optional(),
});

/** A quota to apply to an account; without a value, AWS's default is in force again. */
export type QuotaByHand = Omit<AppliedQuota, 'value'> & { value?: number };

/** Reads a quota. @throws ZodError, SyntaxError, and an error for a quota that the sandbox doesn't have */
export function parseQuota(json: string, standardRegion: string): QuotaByHand {
  const { service, code, region, ...quota } = quotaSchema.parse(
    JSON.parse(json),
  );
  const known = serviceQuotas[service]?.quotas ?? [];
  if (!known.some(one => one.code === code)) {
    throw new Error(`The sandbox has no quota ${code} of ${service}`);
  }
  return {
    ...quota,
    region: region ?? standardRegion,
    serviceCode: service,
    quotaCode: code,
  };
}

/** Applies a quota to an account, which AWS does on request only. */
export function setQuota(estate: Estate, quota: QuotaByHand): void {
  const { accountId, region, serviceCode, quotaCode, value } = quota;
  const key = `${accountId}/${region}/${serviceCode}/${quotaCode}`;
  if (value === undefined) {
    estate.appliedQuotas.delete(key);
  } else {
    estate.appliedQuotas.put(key, { ...quota, value });
  }
}
