import { serviceDomainName } from '../../defaultEstate/identifiers';
import type { ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { quotaOf } from '../servicequotas/quotas';
import { canSee } from '../sharing';
import {
  AUTH_TYPES,
  checkName,
  checkOneOf,
  latticeArn,
  madeNow,
  page,
  updatedNow,
} from './common';
import { conflict, invalid, quotaExceeded } from './errors';
import { findService } from './find';
import { deleteAttachments } from './serviceNetworks';

/** One hosted zone holds the names of all services of a region. */
const HOSTED_ZONE_ID = 'Z09127221KTH2CFUOHIZH';

export const serviceOperations: ServiceOperations = {
  CreateService(input, context) {
    const { name, authType = 'NONE', tags = {} } = input;
    const { customDomainName, certificateArn } = input;
    const { estate, accountId, region } = context;
    checkName(name, { minimum: 3, maximum: 40, reservedPrefix: 'svc-' });
    checkOneOf('authType', authType, AUTH_TYPES);
    if (certificateArn && !customDomainName) {
      throw invalid(
        'certificateArn',
        'A certificate needs a custom domain name',
      );
    }
    const own = estate.services.filter(
      service => service.accountId === accountId && service.region === region,
    );
    const namesake = own.find(service => service.name === name);
    if (namesake) {
      throw conflict(
        'SERVICE',
        namesake.id,
        `Service with name ${name} already exists`,
      );
    }
    const quota = quotaOf(context, 'servicesPerRegion');
    if (own.length >= quota.value) {
      throw quotaExceeded(
        'SERVICE',
        quota.code,
        `There may be ${quota.value} services in a Region`,
      );
    }
    const id = randomId('svc');
    const arn = latticeArn(context, `service/${id}`);
    return estate.services.put(arn, {
      ...madeNow(context),
      arn,
      id,
      name,
      authType,
      tags,
      status: 'ACTIVE',
      customDomainName,
      certificateArn,
      dnsEntry: {
        domainName: serviceDomainName({ name, id, region }),
        hostedZoneId: HOSTED_ZONE_ID,
      },
    });
  },

  GetService(input, context) {
    return findService(context, input.serviceIdentifier, { shared: true });
  },

  ListServices(input, context) {
    const { estate, accountId, region } = context;
    const services = estate.services.filter(
      service =>
        service.region === region && canSee(estate, service, accountId),
    );
    return page(input, services, service => service);
  },

  UpdateService(input, context) {
    const { authType, certificateArn } = input;
    checkOneOf('authType', authType, AUTH_TYPES);
    const service = findService(context, input.serviceIdentifier);
    return context.estate.services.put(service.arn, {
      ...service,
      ...updatedNow(context),
      authType: authType ?? service.authType,
      certificateArn: certificateArn ?? service.certificateArn,
    });
  },

  DeleteService(input, context) {
    const { estate } = context;
    const service = findService(context, input.serviceIdentifier);
    const { arn, id, name } = service;
    if (
      estate.serviceAssociations.find(
        association => association.serviceArn === arn,
      )
    ) {
      throw conflict(
        'SERVICE',
        id,
        `Service ${id} is still associated with a service network`,
      );
    }
    deleteAttachments(context, arn);
    for (const rule of estate.rules.filter(
      candidate => candidate.serviceArn === arn,
    )) {
      estate.rules.delete(rule.arn);
    }
    for (const listener of estate.listeners.filter(
      candidate => candidate.serviceArn === arn,
    )) {
      estate.listeners.delete(listener.arn);
    }
    estate.services.delete(arn);
    return { arn, id, name, status: 'DELETE_IN_PROGRESS' };
  },
};
