import { createTestEngine, createTestStack } from '../testing/createTestEngine';

describe('CreateStack', () => {
  it.each<[string, string, string]>([
    [
      'circular dependencies',
      'Resources: { A: { Type: "AWS::Logs::LogGroup", DependsOn: B }, B: { Type: "AWS::Logs::LogGroup", DependsOn: A } }',
      'Circular dependency between resources: [A, B]',
    ],
    [
      'unknown references',
      'Resources: { A: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: !Ref Nope } } }',
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [
      'unknown attributes',
      'Resources: { A: { Type: "AWS::Logs::LogGroup" } }\nOutputs: { O: { Value: !GetAtt A.Idd } }',
      'Template error: resource A does not support attribute type Idd in Fn::GetAtt',
    ],
    [
      'unknown conditions',
      'Resources: { A: { Type: "AWS::Logs::LogGroup", Condition: Nope } }',
      'Unresolved condition dependency Nope',
    ],
    [
      'what a condition leaves out',
      'Conditions: { No: !Equals [a, b] }\nResources: { A: { Type: "AWS::Logs::LogGroup", Condition: No }, B: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: !Ref A } } }',
      'Unresolved resource dependencies [A]',
    ],
  ])('refuses %s', async (_, TemplateBody, message) => {
    const { call } = await createTestEngine();
    await expect(
      call('CreateStack', { StackName: 'shop', TemplateBody }),
    ).rejects.toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });

  it.each<[string, string, string]>([
    [
      'a type without a provider',
      'Type: AWS::SQS::Queue',
      'Resource type AWS::SQS::Queue is not supported by the sandbox',
    ],
    [
      'an unknown property',
      'Type: AWS::Logs::LogGroup\n    Properties: { Nam: x }',
      '#: extraneous key [Nam] is not permitted',
    ],
    [
      'a missing property',
      'Type: AWS::VpcLattice::TargetGroup',
      '#: required key [Type] not found',
    ],
    [
      'a wrong enum',
      'Type: AWS::VpcLattice::Service\n    Properties: { AuthType: AWS_IAN }',
      '#/AuthType: AWS_IAN is not a valid enum value',
    ],
    [
      'a wrong type',
      'Type: AWS::VpcLattice::TargetGroup\n    Properties: { Type: IP, Config: { Port: 443x } }',
      '#/Config/Port: expected type: Integer, found: string',
    ],
    [
      'a property that can not be honoured',
      'Type: AWS::Logs::LogGroup\n    Properties: { KmsKeyId: k }',
      'The sandbox does not support [KmsKeyId] of AWS::Logs::LogGroup',
    ],
  ])('fails the stack for %s', async (_, resource, message) => {
    const sandbox = await createTestEngine();
    const { stack, reasons } = await createTestStack(sandbox, {
      TemplateBody: `Resources:\n  Thing:\n    ${resource}\n`,
      Parameters: [],
    });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(reasons.join()).toContain(message);
  });
});
