import type { KeptType } from '../KeptType';

/** Amazon SNS and the parameter store of AWS Systems Manager. */
export const messageTypes: KeptType[] = [
  {
    type: 'AWS::SNS::Topic',
    service: 'sns',
    create: 'CreateTopic',
    update: 'SetTopicAttributes',
    delete: 'DeleteTopic',
    name: { property: 'TopicName', maximumLength: 256 },
    tagAction: 'sns:TagResource',
    missingCode: 'NotFoundException',
    identify: ({ name, region, accountId }) => {
      const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
      return {
        physicalId: arn,
        arn,
        attributes: { TopicArn: arn, TopicName: name },
      };
    },
  },
  {
    type: 'AWS::SNS::TopicPolicy',
    service: 'sns',
    create: 'SetTopicAttributes',
    update: 'SetTopicAttributes',
    delete: 'SetTopicAttributes',
    missingCode: 'NotFoundException',
    identify: ({ name, properties }) => ({
      physicalId: name,
      arn: properties.Topics[0],
      attributes: { Id: name },
    }),
  },
  {
    type: 'AWS::SSM::Parameter',
    service: 'ssm',
    create: 'PutParameter',
    update: 'PutParameter',
    delete: 'DeleteParameter',
    name: { property: 'Name', maximumLength: 1011 },
    tagAction: 'ssm:AddTagsToResource',
    taken: () => ({
      code: 'ParameterAlreadyExists',
      message:
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    }),
    missingCode: 'ParameterNotFound',
    identify: ({ name, properties, region, accountId }) => ({
      physicalId: name,
      arn: `arn:aws:ssm:${region}:${accountId}:parameter/${name.replace(
        /^\//,
        '',
      )}`,
      attributes: { Type: properties.Type, Value: properties.Value },
    }),
  },
];
