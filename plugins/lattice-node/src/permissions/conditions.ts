import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  accessLogRecordPermissionResourceRef,
  accessRequestPermissionResourceRef,
  deniedRequestPermissionResourceRef,
  servicePermissionResourceRef,
} from './resources';
import {
  accessLogRecordPermissionRules,
  accessRequestPermissionRules,
  deniedRequestPermissionRules,
  servicePermissionRules,
} from './rules';

const service = createConditionExports({
  resourceRef: servicePermissionResourceRef,
  rules: servicePermissionRules,
});

const deniedRequest = createConditionExports({
  resourceRef: deniedRequestPermissionResourceRef,
  rules: deniedRequestPermissionRules,
});

const accessLogRecord = createConditionExports({
  resourceRef: accessLogRecordPermissionResourceRef,
  rules: accessLogRecordPermissionRules,
});

const accessRequest = createConditionExports({
  resourceRef: accessRequestPermissionResourceRef,
  rules: accessRequestPermissionRules,
});

/**
 * Conditions on services, for permission policies: `isOwnedBy({ claims })`.
 *
 * @public
 */
export const latticeServiceConditions = service.conditions;

/**
 * Makes the decision that goes with {@link latticeServiceConditions}.
 *
 * @public
 */
export const createLatticeServiceConditionalDecision =
  service.createConditionalDecision;

/**
 * Conditions on denied requests, for permission policies: `involves({ claims })`.
 *
 * @public
 */
export const latticeDeniedRequestConditions = deniedRequest.conditions;

/**
 * Makes the decision that goes with {@link latticeDeniedRequestConditions}.
 *
 * @public
 */
export const createLatticeDeniedRequestConditionalDecision =
  deniedRequest.createConditionalDecision;

/**
 * Conditions on access log records, for permission policies: `involves({ claims })`.
 *
 * @public
 */
export const latticeAccessLogRecordConditions = accessLogRecord.conditions;

/**
 * Makes the decision that goes with {@link latticeAccessLogRecordConditions}.
 *
 * @public
 */
export const createLatticeAccessLogRecordConditionalDecision =
  accessLogRecord.createConditionalDecision;

/**
 * Conditions on access requests, for permission policies: `involves({ claims })`,
 * `isApprover({ claims })`.
 *
 * @public
 */
export const latticeAccessRequestConditions = accessRequest.conditions;

/**
 * Makes the decision that goes with {@link latticeAccessRequestConditions}.
 *
 * @public
 */
export const createLatticeAccessRequestConditionalDecision =
  accessRequest.createConditionalDecision;
