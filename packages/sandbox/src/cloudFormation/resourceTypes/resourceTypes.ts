import extract from '../generated/resourceTypes.json';

/** The type of a property's value, as extracted from CloudFormation's resource specification. */
export interface ValueType {
  is?: 'string' | 'integer' | 'number' | 'boolean' | 'json';
  /** Allowed values, when the type is an enumeration. */
  oneOf?: string[];
  /** Name of an object type of the same resource type. */
  ref?: string;
  list?: ValueType;
  map?: ValueType;
  /** Any of these types. */
  any?: ValueType[];
}

export interface PropertyType extends ValueType {
  required?: boolean;
  /** A change of the property makes a new resource; `maybe`: depending on the values. */
  replaces?: true | 'maybe';
}

export interface ResourceType {
  properties: Record<string, PropertyType>;
  /** What `Fn::GetAtt` can ask for. */
  attributes: string[];
  types: Record<string, Record<string, PropertyType>>;
}

const resourceTypes = extract as unknown as Record<string, ResourceType>;

/** The type's description; `undefined` for types outside the extract. */
export function findResourceType(typeName: string): ResourceType | undefined {
  return Object.hasOwn(resourceTypes, typeName)
    ? resourceTypes[typeName]
    : undefined;
}

/** The attributes of a type; `undefined` when the type is not known. */
export function attributesOf(
  typeName: string | undefined,
): string[] | undefined {
  return typeName ? findResourceType(typeName)?.attributes : undefined;
}
