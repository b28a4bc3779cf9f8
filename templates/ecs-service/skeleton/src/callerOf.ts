import type { IncomingHttpHeaders } from 'node:http';

/** Who made a request, as VPC Lattice found out. */
export interface Caller {
  /** ARN of who signed the request. */
  principal: string;
  sessionName?: string;
  organization?: string;
  sourceVpc?: string;
}

/**
 * The caller of a request that VPC Lattice brought; `undefined` when nobody signed it.
 *
 * VPC Lattice sets these headers itself and takes them out of what comes in, so that a caller can't forge them. That
 * holds only as long as nothing but VPC Lattice reaches the server: the security groups see to it.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/http-targets.html#caller-identity-headers
 */
export function callerOf(headers: IncomingHttpHeaders): Caller | undefined {
  const identity = fieldsOf(headers['x-amzn-lattice-identity']);
  const network = fieldsOf(headers['x-amzn-lattice-network']);
  const principal = identity.get('Principal');
  if (!principal) {
    return undefined;
  }
  return {
    principal,
    sessionName: identity.get('SessionName') || undefined,
    organization: identity.get('PrincipalOrgID') || undefined,
    sourceVpc: network.get('SourceVpcArn') || undefined,
  };
}

/** The fields of a header of the form `Name=value;Name=value`. */
function fieldsOf(header: string | string[] | undefined): Map<string, string> {
  const text = Array.isArray(header) ? header.join(';') : header ?? '';
  const fields = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', ...value] = part.trim().split('=');
    // The first one counts: nothing that is appended can replace it.
    if (name && !fields.has(name)) {
      fields.set(name, value.join('='));
    }
  }
  return fields;
}
