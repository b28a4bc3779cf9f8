import { z } from 'zod';

/** Whether the VPC has to be associated with the service network already, or must not be yet. */
export type VpcAssociationNeed = 'needed' | 'absent';

/**
 * What the checks know of a launch: the parameters that service products have in common. One that isn't set, or whose
 * product has no such parameter, is absent.
 */
export interface LaunchRequest {
  /** 12 digits. */
  accountId: string;
  region: string;
  serviceName?: string;
  serviceNetworkArn?: string;
  /**
   * Service networks of which the VPC has to be associated with one, where what calls from it joins none itself.
   * Absent: `serviceNetworkArn` counts.
   */
  reachedNetworkArns?: string[];
  customDomainName?: string;
  certificateArn?: string;
  hostedZoneId?: string;
  vpcId?: string;
  subnetIds: string[];
  vpcAssociation?: VpcAssociationNeed;
  /** ARN of the service the product made before: set where the product is updated. */
  ownServiceArn?: string;
  /** ARN of the VPC association the product made before: set where the product is updated. */
  ownVpcAssociationArn?: string;
}

const text = z
  .string()
  .trim()
  .transform(value => value || undefined)
  .optional();

const list = z
  .string()
  .default('')
  .transform(value =>
    value
      .split(',')
      .map(part => part.trim())
      .filter(Boolean),
  );

const parametersSchema = z.object({
  ServiceName: text,
  ServiceNetworkArn: text,
  CustomDomainName: text,
  CertificateArn: text,
  HostedZoneId: text,
  VpcId: text,
  SubnetIds: list,
});

/** Takes what the checks look at out of a product's parameters. */
export function toLaunchRequest(options: {
  accountId: string;
  region: string;
  /** As CloudFormation takes them: lists joined by commas. */
  values: Record<string, string>;
  vpcAssociation?: VpcAssociationNeed;
  /** Counts where the product has no such parameter. */
  vpcId?: string;
  reachedNetworkArns?: string[];
  ownServiceArn?: string;
  ownVpcAssociationArn?: string;
}): LaunchRequest {
  const { values, vpcId, ...rest } = options;
  const parsed = parametersSchema.parse(values);
  return {
    ...rest,
    serviceName: parsed.ServiceName,
    serviceNetworkArn: parsed.ServiceNetworkArn,
    customDomainName: parsed.CustomDomainName?.toLowerCase().replace(/\.$/, ''),
    certificateArn: parsed.CertificateArn,
    hostedZoneId: parsed.HostedZoneId,
    vpcId: parsed.VpcId ?? vpcId,
    subnetIds: parsed.SubnetIds,
  };
}
