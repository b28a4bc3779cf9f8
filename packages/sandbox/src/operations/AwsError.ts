/**
 * An error as AWS answers it: a code of the service's model, and the members that shape has.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly statusCode: number | undefined;
  readonly members: Record<string, unknown>;

  constructor(options: {
    /** Shape name in the service's model, such as `ResourceNotFoundException`, or a code outside it. */
    code: string;
    message: string;
    /** HTTP status, for codes that are not in the service's model. */
    statusCode?: number;
    members?: Record<string, unknown>;
  }) {
    super(options.message);
    this.name = options.code;
    this.code = options.code;
    this.statusCode = options.statusCode;
    this.members = options.members ?? {};
  }
}
