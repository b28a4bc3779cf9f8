import { z } from 'zod';

const name = z.string().min(1);

/** One kind of call that is made again and again. */
export const trafficRowSchema = z
  .strictObject({
    name,
    /** Name of the role that signs; absent: nobody signs. */
    role: name.optional(),
    /** Name of the VPC the call comes from. */
    vpc: name,
    /** Name of the service called; absent for `discover`. */
    service: name.optional(),
    /** Calls every service of the VPC's network that the estate file does not name. */
    discover: z.boolean().default(false),
    method: z.string(),
    /** `{1..400}` takes a number of that range. */
    path: z.string().startsWith('/'),
    headers: z.record(z.string(), z.string()).default({}),
    /** Calls a minute; for `discover`, to each service. */
    perMinute: z.number().positive(),
  })
  .refine(row => row.discover !== (row.service !== undefined), {
    message: 'a traffic row has either a service or discover: true',
  });

export const trafficSchema = z.strictObject({
  /** Same seed, same calls at the same times. */
  seed: z.number().int(),
  rows: z.array(trafficRowSchema),
});

export type TrafficRow = z.infer<typeof trafficRowSchema>;
export type TrafficTable = z.infer<typeof trafficSchema>;
