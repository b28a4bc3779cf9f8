import type {
  DenialExplanation,
  NewAccessRequest,
} from '@lattice-portal/plugin-lattice-common';

/** What the form holds, as typed. */
export interface RequestForm {
  callerId: string;
  serviceArn: string;
  methods: string[];
  /** One pattern a line. */
  paths: string;
  reason: string;
  /** Days it shall hold; 0 is without end. */
  days: number;
  deniedRequestId?: string;
}

/** An untouched form. */
export const emptyForm: RequestForm = {
  callerId: '',
  serviceArn: '',
  methods: ['GET'],
  paths: '',
  reason: '',
  days: 30,
};

/** The form filled in from a denied request: what was asked for, no more. */
export function formFromDenial(explanation: DenialExplanation): RequestForm {
  const { request, fix } = explanation;
  return {
    ...emptyForm,
    callerId: request.callerId,
    serviceArn: request.serviceArn,
    methods: fix?.methods ?? (request.method ? [request.method] : []),
    paths: (fix?.paths ?? (request.path ? [request.path] : [])).join('\n'),
    deniedRequestId: request.id,
  };
}

/**
 * The request the form makes.
 *
 * @param now - milliseconds since the epoch
 */
export function toNewRequest(form: RequestForm, now: number): NewAccessRequest {
  return {
    callerId: form.callerId,
    serviceArn: form.serviceArn,
    methods: form.methods,
    paths: pathsOf(form),
    reason: form.reason.trim(),
    expiresAt: form.days
      ? new Date(now + form.days * 86_400_000).toISOString()
      : undefined,
    deniedRequestId: form.deniedRequestId,
  };
}

/** What keeps the form from being previewed, by field; absent fields are fine. */
export function problemsOf(
  form: RequestForm,
): Partial<Record<keyof RequestForm, string>> {
  const paths = pathsOf(form);
  return {
    ...(!form.callerId && { callerId: 'Choose a caller' }),
    ...(!form.serviceArn && { serviceArn: 'Choose a service' }),
    ...(!form.methods.length && { methods: 'Choose at least one' }),
    ...(!paths.length && { paths: 'Name at least one path' }),
    ...(paths.some(path => !path.startsWith('/')) && {
      paths: 'Every path starts with /',
    }),
  };
}

function pathsOf(form: RequestForm): string[] {
  const lines = form.paths.split('\n').map(line => line.trim());
  return [...new Set(lines.filter(Boolean))];
}
