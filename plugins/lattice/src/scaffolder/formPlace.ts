import { parseArn } from '@lattice-portal/plugin-lattice-common';

/** Names of the form's fields that say where something will be. */
export interface PlaceOptions {
  /** Default: `account`. */
  accountField?: string;
  /** Field with the ARN of a service network. Default: `network`. */
  networkField?: string;
  /** Field with the ARN of a service: its Region counts where there is no network. */
  serviceField?: string;
  /** Field with a Region. */
  regionField?: string;
  /** Default: `vpc`. */
  vpcField?: string;
  /** Field with a host name. Default: `customDomainName`. */
  domainField?: string;
  /** Name of the template, so that it can change what it made. */
  template?: string;
}

/** What the other fields of a form say of where something will be. Absent: not chosen yet. */
export interface FormPlace {
  accountId?: string;
  region?: string;
  networkArn?: string;
  vpcId?: string;
  domainName?: string;
  /** The template, and the owner its service is for. */
  madeBy?: { template: string; owner: string };
}

/** Where something will be, by the other fields of the form. */
export function placeOf(
  options: PlaceOptions | undefined,
  formData: Record<string, unknown> | undefined,
): FormPlace {
  const {
    accountField = 'account',
    networkField = 'network',
    vpcField = 'vpc',
    domainField = 'customDomainName',
    serviceField,
    regionField,
  } = options ?? {};
  const textAt = (field: string | undefined) => {
    const value = field === undefined ? undefined : formData?.[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const networkArn = textAt(networkField);
  const owner = textAt('owner');
  return {
    accountId: textAt(accountField),
    networkArn,
    region:
      textAt(regionField) ??
      parseArn(networkArn ?? textAt(serviceField) ?? '')?.region,
    vpcId: textAt(vpcField),
    domainName: textAt(domainField),
    madeBy:
      options?.template && owner
        ? { template: `template:default/${options.template}`, owner }
        : undefined,
  };
}
