/**
 * Reads and writes one auth policy in AWS. The only port through which the portal changes AWS.
 *
 * @public
 */
export interface AuthPolicyStore {
  /** The document as it is now. `document` absent: there is none. */
  get(options: {
    resourceArn: string;
  }): Promise<{ document?: string; state?: 'Active' | 'Inactive' }>;

  /**
   * Puts the whole document, reads it again and compares by meaning.
   *
   * @param options - `expected` is the document the caller computed from
   * @throws InputError when the document is no JSON, too long, or has no statement
   * @throws ConflictError when the document is not `expected` any more, or reads back differently
   */
  put(options: {
    resourceArn: string;
    document: string;
    expected: string | undefined;
  }): Promise<void>;
}
