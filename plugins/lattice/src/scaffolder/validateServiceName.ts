import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { latticeApiRef } from '../api';
import type { PlaceOptions } from './formPlace';
import { validateByReview } from './review/reviewPlan';

/**
 * What is wrong with a name by itself.
 *
 * @remarks
 * The rules of VPC Lattice (https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateService.html).
 */
export function problemOfServiceName(name: string): string | undefined {
  if (name.length < 3 || name.length > 40) {
    return 'A name has 3 to 40 characters';
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    return 'A name holds lower-case letters, digits and single hyphens, and neither begins nor ends with a hyphen';
  }
  return name.startsWith('svc-')
    ? 'A name does not begin with svc-: AWS keeps that for its ids'
    : undefined;
}

const validateInAccount = validateByReview<string, PlaceOptions>(
  ['service-name'],
  serviceName => ({ serviceName }),
);

/**
 * The rules for names, and whether the name is taken: by a service or component that the user sees, or by another one
 * of the account, where a name is unique.
 */
export const validateServiceName: CustomFieldValidator<
  string,
  PlaceOptions
> = async (name, field, context) => {
  const problem = problemOfServiceName(name ?? '');
  if (problem) {
    field.addError(problem);
    return;
  }
  try {
    const taken = await whoHas(name, context.apiHolder);
    if (taken) {
      field.addError(`${taken}. Choose another name.`);
      return;
    }
    await validateInAccount(name, field, context);
  } catch (error) {
    field.addError(
      `Whether the name is taken could not be checked: ${
        (error as Error).message
      }`,
    );
  }
};

async function whoHas(
  name: string,
  apiHolder: Parameters<typeof validateServiceName>[2]['apiHolder'],
): Promise<string | undefined> {
  const services = await apiHolder.get(latticeApiRef)?.listServices();
  const service = services?.items.find(item => item.name === name);
  if (service) {
    return `Account ${service.accountId} has a service ${name} already`;
  }
  const component = await apiHolder
    .get(catalogApiRef)
    ?.getEntityByRef(`component:default/${name}`);
  return component && `The catalog has a component ${name} already`;
}
