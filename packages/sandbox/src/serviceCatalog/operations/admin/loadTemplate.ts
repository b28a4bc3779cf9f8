import { TemplateError } from '../../../cloudFormation/template/TemplateError';
import { parseTemplate } from '../../../cloudFormation/template/parseTemplate';
import { AwsError } from '../../../operations/AwsError';
import type { OperationContext } from '../../../operations/OperationHandler';
import { parseObjectUrl } from '../../../operations/s3/parseObjectUrl';
import { invalidParameters } from '../errors';

/**
 * The template a new version is made from: `LoadTemplateFromURL`, an object the caller may read.
 *
 * @throws AwsError when it can't be read, or is no template.
 */
export async function loadTemplate(
  info: Record<string, string> = {},
  context: OperationContext,
): Promise<{ templateBody: string; url: string }> {
  const url = info.LoadTemplateFromURL;
  const place = url && parseObjectUrl(url);
  if (!place) {
    throw invalidParameters(
      'Info needs LoadTemplateFromURL: the URL of a template in S3',
    );
  }
  try {
    const { Body } = await context.call('s3', 'GetObject', {
      Bucket: place.bucket,
      Key: place.key,
    });
    const templateBody = Buffer.from(Body).toString('utf8');
    parseTemplate(templateBody);
    return { templateBody, url };
  } catch (error) {
    if (error instanceof TemplateError || error instanceof AwsError) {
      throw invalidParameters(`Invalid template ${url}: ${error.message}`);
    }
    throw error;
  }
}
