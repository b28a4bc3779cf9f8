/**
 * A change that can't be made to a policy document.
 *
 * @remarks
 * Recognise it by `name`: `InputError` for an argument that makes no policy,
 * `ConflictError` for a statement that is there already with other content. The names
 * are those that Backstage turns into the HTTP statuses 400 and 409.
 *
 * @public
 */
export class PolicyChangeError extends Error {
  constructor(name: 'InputError' | 'ConflictError', message: string) {
    super(message);
    this.name = name;
  }
}
