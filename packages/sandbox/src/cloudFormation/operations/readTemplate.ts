import { AwsError } from '../../operations/AwsError';
import type { OperationContext } from '../../operations/OperationHandler';
import { parseObjectUrl } from '../../operations/s3/parseObjectUrl';
import { validationError } from './validationErrors';

/** CloudFormation's limit on a template given in the request, in bytes. */
const MAXIMUM_BODY_BYTES = 51_200;

/**
 * Where Service Catalog puts the template of a product into a request. In AWS it hands over an object of a bucket of its
 * own, to which the limit doesn't apply; as a symbol, this can't come over the wire.
 */
export const productTemplate = Symbol('template of a product');

/**
 * The text of the template that a request gives, or names as an object in S3; `undefined` when it
 * does neither.
 *
 * @throws AwsError when both are given, the text is too long, or the caller can't read the object.
 */
export async function readTemplate(
  input: Record<string | symbol, any>,
  { call }: OperationContext,
): Promise<string | undefined> {
  const { TemplateBody, TemplateURL, [productTemplate]: ofProduct } = input;
  if (ofProduct) {
    return ofProduct;
  }
  if (TemplateBody && TemplateURL) {
    throw validationError(
      'You cannot specify both Template Body and Template URL.',
    );
  }
  if (TemplateBody) {
    if (Buffer.byteLength(TemplateBody) > MAXIMUM_BODY_BYTES) {
      throw validationError(
        `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAXIMUM_BODY_BYTES}`,
      );
    }
    return TemplateBody;
  }
  if (!TemplateURL) {
    return undefined;
  }
  const place = parseObjectUrl(TemplateURL);
  if (!place) {
    throw validationError(
      'TemplateURL must be a supported URL: of an object in Amazon S3',
    );
  }
  try {
    const { Body } = await call('s3', 'GetObject', {
      Bucket: place.bucket,
      Key: place.key,
    });
    return Buffer.from(Body).toString('utf8');
  } catch (error) {
    if (error instanceof AwsError) {
      throw validationError(`S3 error: ${error.message}`);
    }
    throw error;
  }
}
