import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  catalogApiRef,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import { toOwnerRef } from '@lattice-portal/plugin-lattice-common';
import { latticeApiRef } from '../api';
import { placeOf, type PlaceOptions } from './formPlace';
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
  (serviceName, { madeBy }) => ({ serviceName, madeBy }),
);

/**
 * The rules for names, and whether the name is taken: by a service or component that the user sees, or by another one
 * of the account, where a name is unique. A component of the chosen owner may be one that the template made and is to
 * change; whether it is, the account tells.
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
    const taken = await whoHas(name, context);
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
  context: Parameters<typeof validateServiceName>[2],
): Promise<string | undefined> {
  const { apiHolder, formData, uiSchema } = context;
  const { madeBy } = placeOf(uiSchema?.['ui:options'], formData);
  const component = await apiHolder
    .get(catalogApiRef)
    ?.getEntityByRef(`component:default/${name}`);
  if (component) {
    const isOwn = getEntityRelations(component, RELATION_OWNED_BY).some(
      owner => stringifyEntityRef(owner) === toOwnerRef(madeBy?.owner),
    );
    return isOwn ? undefined : `The catalog has a component ${name} already`;
  }
  const services = await apiHolder.get(latticeApiRef)?.listServices();
  const service = services?.items.find(item => item.name === name);
  return (
    service && `Account ${service.accountId} has a service ${name} already`
  );
}
