export * from './types';
export { parseArn, accountOfArn } from './arn/parseArn';
export type { Arn } from './arn/parseArn';
export { roleArnFromPrincipal } from './arn/roleArnFromPrincipal';
export { parsePolicy } from './parse/parsePolicy';
export type {
  ParsePolicyOptions,
  ParsePolicyResult,
} from './parse/parsePolicy';
export type {
  ConditionElement,
  ConditionValue,
  PatternElement,
  Policy,
  PolicyKind,
  PrincipalElement,
  PrincipalEntry,
  Statement,
} from './parse/Policy';
export { CompiledPolicy } from './decide/CompiledPolicy';
export { compilePolicy } from './decide/compilePolicy';
export type { CompilePolicyOptions } from './decide/compilePolicy';
export { decide } from './decide/decide';
export { decideOutcome } from './decide/decideOutcome';
export { decideResults } from './decide/decideResults';
export { agreesWithRecord } from './explain/agreesWithRecord';
export type {
  RecordAgreement,
  RecordedDecision,
} from './explain/agreesWithRecord';
export { proposeStatement } from './change/proposeStatement';
export type { ProposeStatementOptions } from './change/proposeStatement';
export { generalisePath } from './change/generalisePath';
export { addStatements } from './change/addStatements';
export { removeStatements } from './change/removeStatements';
export {
  AUTH_POLICY_MAX_CHARACTERS,
  minifyPolicy,
  policySize,
} from './change/minifyPolicy';
export { PolicyChangeError } from './change/PolicyChangeError';
export { merge } from './merge/merge';
export type { MergeOptions } from './merge/merge';
export type {
  MergeConflict,
  MergedChange,
  MergeResult,
} from './merge/MergeResult';
export { lintPolicy } from './lint/lintPolicy';
export type { LintPolicyOptions } from './lint/lintPolicy';
export type { LintProtocol } from './lint/LintContext';
export type { PolicyFinding, PolicyFindingCode } from './lint/PolicyFinding';
export { policyVocabulary } from './lint/policyVocabulary';
export type { PolicyVocabulary } from './lint/policyVocabulary';
export { diffPolicies } from './diff/diffPolicies';
export type {
  DiffPoliciesOptions,
  PolicyDiff,
  PolicyDifference,
} from './diff/diffPolicies';
export { printPolicy } from './compact/printPolicy';
export { synthesize } from './synthesize/synthesize';
export type { Synthesis, SynthesizeOptions } from './synthesize/synthesize';
export type { BlockedDenial, PolicyEdit } from './synthesize/PolicyEdit';
export { applyEdits } from './synthesize/applyEdits';
export { prove } from './prove/prove';
export type { NewlyAllowed, Proof, ProveOptions } from './prove/prove';
export { compactPolicy } from './compact/compactPolicy';
export type {
  CompactedPolicy,
  CompactPolicyOptions,
  CompactStep,
} from './compact/compactPolicy';
