/** One resource that a product would add, change or remove. */
export type PlannedChange = {
  action: 'ADD' | 'MODIFY' | 'REMOVE' | 'unknown';
  logicalId: string;
  /** Such as `AWS::VpcLattice::Service`. */
  resourceType: string;
  /** Whether a changed resource is made anew under another physical id. */
  replacement?: 'TRUE' | 'FALSE' | 'CONDITIONAL';
  /** Names of the properties that change, where AWS tells them. */
  properties: string[];
};

/** One line for people: `change Service (AWS::VpcLattice::Service): AuthType, replaces it`. */
export function describePlannedChange(change: PlannedChange): string {
  const { action, logicalId, resourceType, replacement, properties } = change;
  const notes = [
    ...properties,
    ...(action === 'MODIFY' && replacement === 'TRUE' ? ['replaces it'] : []),
    ...(action === 'MODIFY' && replacement === 'CONDITIONAL'
      ? ['may replace it']
      : []),
  ];
  const verbs = {
    ADD: 'add',
    MODIFY: 'change',
    REMOVE: 'remove',
    unknown: 'unknown change of',
  };
  return `${verbs[action]} ${logicalId} (${resourceType})${
    notes.length ? `: ${notes.join(', ')}` : ''
  }`;
}
