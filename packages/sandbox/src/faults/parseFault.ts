import { z } from 'zod';
import type { Fault } from './Faults';

const faultSchema = z.strictObject({
  service: z.string().min(1),
  operation: z.string().min(1),
  accountId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  code: z.string().min(1),
  message: z.string().optional(),
  times: z.number().int().min(1).optional(),
});

/** Reads a fault. @throws ZodError, SyntaxError */
export function parseFault(json: string): Fault {
  return faultSchema.parse(JSON.parse(json));
}
