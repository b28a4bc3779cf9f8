import { z } from 'zod';

const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'has to be lower-case letters, digits and hyphens',
  );

const fileName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'has to be a file beside the product.yaml',
  );

const productSchema = z.strictObject({
  name,
  template: fileName,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'has to be like 1.2.0'),
  description: z.string().min(1).max(1000),
  portfolio: name,
  launchRole: z
    .string()
    .max(64, 'can have 64 characters at most')
    .regex(/^[\w+=,.@-]+$/, 'has to be the name of an IAM role'),
  launchRolePolicy: fileName,
});

/** The contents of a `product.yaml`, as written. */
export const productFileSchema = z.strictObject({
  products: z.array(productSchema).min(1),
});
