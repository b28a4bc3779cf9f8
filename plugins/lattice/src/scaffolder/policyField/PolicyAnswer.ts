/**
 * What `LatticePolicyField` gives to the template.
 *
 * @remarks
 * Products make the policy of `callers`, `methods` and `path`, with the ARN of the service that they make. Where
 * that can't say what is meant, `document` says it whole; the others are then what its form part says.
 */
export interface PolicyAnswer {
  /** ARNs of the roles that may call. */
  callers: string[];
  /** HTTP methods in capital letters. */
  methods: string[];
  /** The first of `paths`. */
  path: string;
  /** Paths that may be called; `*` stands for anything. */
  paths?: string[];
  /** Whether calls that are not signed are refused. Absent: they are. */
  onlySigned?: boolean;
  /** Whether `document` was written by hand. */
  advanced?: boolean;
  /** The whole auth policy as JSON in one line. Absent: made of the rest. */
  document?: string;
}

/** What the form part of the field holds. */
export interface PolicyDraft {
  callers: string[];
  methods: string[];
  /** At least one. */
  paths: string[];
  onlySigned: boolean;
}

/** What stands in the field at first. */
export const emptyAnswer: PolicyAnswer = {
  callers: [],
  methods: ['GET'],
  path: '/*',
};

/** The form part of an answer. */
export function draftOf(answer: PolicyAnswer): PolicyDraft {
  const { callers, methods, path, paths, onlySigned = true } = answer;
  return { callers, methods, paths: paths ?? [path], onlySigned };
}

/**
 * The answer in what the form holds. Absent: there is none yet.
 *
 * @remarks
 * Before anything is answered the form fills in what the schema implies: an object, lists with nothing in them.
 */
export function answerIn(
  formData: Partial<PolicyAnswer> | undefined,
): PolicyAnswer | undefined {
  if (!formData || formData.path === undefined) {
    return undefined;
  }
  const texts = (list: unknown[] | undefined) =>
    (list ?? []).filter(item => typeof item === 'string');
  return {
    ...formData,
    path: formData.path,
    callers: texts(formData.callers),
    methods: texts(formData.methods),
  };
}
