import { roleArnFromPrincipal } from '../arn/roleArnFromPrincipal';
import { generalisePath } from '../change/generalisePath';
import { CONNECT, INVOKE } from '../match/compileAction';
import { AuthorizationRequest, SignedCaller } from '../types';

/** What one denied call needs of a document. */
export interface Need {
  /** Role or user; absent for an anonymous caller. */
  principal?: string;
  /** `vpc-lattice-svcs:Invoke`, or `Connect` for a TCP connection. */
  action: string;
  /** Service ARN with path pattern; without, for a TCP connection. */
  resource: string;
  /** Absent: any, as it isn't known. */
  method?: string;
  sourceVpc?: string;
}

/** The role behind a caller, or the caller itself if it is no session. */
export function principalOf({ arn, roleArn }: SignedCaller): string {
  return roleArn ?? roleArnFromPrincipal(arn);
}

/** What a call needs, with ids in its path generalised if asked to. */
export function needOf(options: {
  request: AuthorizationRequest;
  generalise: boolean;
  /** Whether the document has policy variables, so that wildcards can be told from text. */
  variables: boolean;
}): Need {
  const { request, generalise, variables } = options;
  const { caller, serviceArn, path, method, sourceVpc } = request;
  const named =
    caller.kind === 'signed' ? { principal: principalOf(caller) } : {};
  if (request.transport === 'tcp') {
    return { ...named, action: CONNECT, resource: serviceArn, sourceVpc };
  }
  const parts = path?.split('/').map(part => {
    const isId = generalise && part !== '*' && generalisePath(part) === '*';
    return isId ? '*' : escape(part, variables);
  });
  return {
    ...named,
    action: INVOKE,
    resource: `${serviceArn}${parts?.join('/') ?? '/*'}`,
    method,
    sourceVpc,
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars */
function escape(text: string, variables: boolean): string {
  return variables
    ? text.replace(/[*?]|\$(?=\{)/g, character => `\${${character}}`)
    : text;
}
