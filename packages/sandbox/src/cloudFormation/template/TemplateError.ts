/**
 * A template or its parameters are wrong. The message is CloudFormation's own wording where that
 * is known; the operations answer it as a `ValidationError`.
 */
export class TemplateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TemplateError';
  }
}
