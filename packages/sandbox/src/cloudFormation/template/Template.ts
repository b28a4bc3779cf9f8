import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/**
 * A parameter's declaration.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html}
 */
export const parameterSchema = z.strictObject({
  Type: z.string(),
  Default: scalar.optional(),
  Description: z.string().optional(),
  AllowedValues: z.array(scalar).optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: z.coerce.number().int().optional(),
  MaxLength: z.coerce.number().int().optional(),
  MinValue: z.coerce.number().optional(),
  MaxValue: z.coerce.number().optional(),
  NoEcho: z
    .union([z.boolean(), z.enum(['true', 'false'])])
    .transform(value => value === true || value === 'true')
    .optional(),
});

const resourceSchema = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).optional(),
  DependsOn: z
    .union([z.string().transform(name => [name]), z.array(z.string())])
    .optional(),
  Condition: z.string().optional(),
  DeletionPolicy: z
    .enum(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'])
    .optional(),
  UpdateReplacePolicy: z.enum(['Delete', 'Retain', 'Snapshot']).optional(),
  Metadata: z.unknown().optional(),
});

const ruleSchema = z.strictObject({
  RuleCondition: z.unknown().optional(),
  Assertions: z
    .array(
      z.strictObject({
        Assert: z.unknown(),
        AssertDescription: z.string().optional(),
      }),
    )
    .min(1),
});

const outputSchema = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.strictObject({ Name: z.unknown() }).optional(),
});

/** The one macro that the sandbox executes. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/**
 * The sections of a template that the sandbox executes; others (`Hooks`) are refused rather than
 * left out silently.
 */
export const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.string().max(1024).optional(),
  Metadata: z.unknown().optional(),
  Transform: z
    .union([z.string().transform(name => [name]), z.array(z.string())])
    .default([]),
  Rules: z.record(z.string(), ruleSchema).default({}),
  Parameters: z.record(z.string(), parameterSchema).default({}),
  Mappings: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z
    .record(
      z.string().regex(/^[A-Za-z0-9]+$/, 'must be alphanumeric'),
      resourceSchema,
    )
    .refine(
      resources => Object.keys(resources).length > 0,
      'At least one Resources member must be defined.',
    ),
  Outputs: z.record(z.string(), outputSchema).default({}),
});

export type ParameterDefinition = z.output<typeof parameterSchema>;
export type ResourceDefinition = z.output<typeof resourceSchema>;
export type OutputDefinition = z.output<typeof outputSchema>;
export type Template = z.output<typeof templateSchema>;
