import { randomUUID } from 'node:crypto';
import { ResourceProvider } from '../ResourceProvider';

/** A place to signal to; in AWS a presigned address. Mostly there to give a template a resource. */
export const waitConditionHandle: ResourceProvider = {
  type: 'AWS::CloudFormation::WaitConditionHandle',
  async create({ logicalId, caller, exists }) {
    const { region } = caller;
    const physicalId = `https://cloudformation-waitcondition-${region}.s3.amazonaws.com/${logicalId}/${randomUUID()}`;
    exists(physicalId);
    return { physicalId, attributes: { Id: physicalId } };
  },
  async delete() {},
};
