import { Stack, StackDefinition } from '../Stack';
import { PlannedChange } from '../plan/planUpdate';

/** A change set: a definition that a stack can be brought to, and what that would do. Keyed by its id. */
export interface ChangeSet {
  /** ARN. */
  id: string;
  name: string;
  description?: string;
  stackId: string;
  type: 'CREATE' | 'UPDATE';
  status: 'CREATE_COMPLETE' | 'FAILED';
  statusReason?: string;
  executionStatus:
    | 'UNAVAILABLE'
    | 'AVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'OBSOLETE';
  createdAt: string;
  clientToken?: string;
  definition: StackDefinition;
  principalArn: string;
  onStackFailure?: Stack['onFailure'];
  changes: PlannedChange[];
}
