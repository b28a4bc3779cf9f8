import type { Estate } from '../../estate/Estate';
import type { Tags } from '../../estate/resources';

/** What is known of a kept resource before it is made. */
export interface KeptParts {
  /** The name the template gives, or one made for it; a UUID for types without names. */
  name: string;
  properties: Record<string, any>;
  accountId: string;
  region: string;
  estate: Estate;
  /** ISO 8601. */
  time: string;
}

/** How AWS names a resource. */
export interface KeptIdentity {
  /** What `Ref` gives. */
  physicalId: string;
  /** What identity policies are held against. Default: `*`. */
  arn?: string;
  /** What `Fn::GetAtt` gives. Default: `Arn` alone. */
  attributes?: Record<string, unknown>;
}

/**
 * A type of resources that nothing in the sandbox acts on: they are kept with their properties and
 * attributes, through operations with the names that AWS gives them.
 */
export interface KeptType {
  /** As CloudFormation calls it. */
  type: string;
  /** Signing name of the service, which is also the prefix of its IAM actions. */
  service: string;
  create: string;
  /** Absent: every change replaces the resource. */
  update?: string;
  delete: string;
  /** Absent for types whose ids AWS makes. */
  name?: {
    property: string;
    maximumLength?: number;
    lowerCase?: boolean;
  };
  identify(parts: KeptParts): KeptIdentity;
  /** What the physical id is unique in. Absent: the Region of the account. */
  scope?(properties: Record<string, any>): string;
  /** Action that tags of a new or changed resource need besides. */
  tagAction?: string;
  /** Further actions that making or changing it takes, such as `iam:PassRole`. */
  alsoNeeds?(
    properties: Record<string, any>,
  ): { action: string; resource: string; keys?: Record<string, string> }[];
  /** Throws AwsError for properties that name what is not there. */
  check?(parts: KeptParts): void;
  /** The error for an id that is taken, where it isn't CloudFormation's own. */
  taken?(physicalId: string): { code: string; message: string };
  /** Code of the error for an id that is not there. Default: `ResourceNotFoundException`. */
  missingCode?: string;
}

/** Input of the operations on kept resources. */
export interface KeptInput {
  resourceType: string;
  /** Given at its creation. */
  resourceArn?: string;
  physicalId: string;
  properties: Record<string, any>;
  attributes: Record<string, unknown>;
  tags: Tags;
  /** Whether the resource is there already: a change of it. */
  isChange?: boolean;
  /** Whether it goes away, for operations that do both. */
  isRemoval?: boolean;
}
