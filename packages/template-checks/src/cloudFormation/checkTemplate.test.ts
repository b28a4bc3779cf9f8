import { readFile } from 'node:fs/promises';
import { productTemplates } from '../__testUtils__/productTemplates';
import { checkTemplate } from './checkTemplate';

const FINE = `
Parameters:
  Days: { Type: Number, Default: 30 }
  Keep: { Type: String, AllowedValues: ['yes', 'no'] }
  Zones: { Type: CommaDelimitedList }
  Key: { Type: String, Default: '' }
Mappings:
  Sizes: { small: { Memory: 128 } }
Conditions:
  Keeps: !Equals [!Ref Keep, 'yes']
  HasKey: !Not [!Equals [!Ref Key, '']]
  Both: !And [!Condition Keeps, !Condition HasKey]
Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Condition: Keeps
    Properties:
      LogGroupName: !Sub '/logs/\${AWS::StackName}'
      RetentionInDays: !Ref Days
      KmsKeyId: !If [HasKey, !Ref Key, !Ref AWS::NoValue]
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17' }
      Tags:
        - { Key: zones, Value: !Join [',', !Ref Zones] }
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      MemorySize: !FindInMap [Sizes, small, Memory]
      Code: { ZipFile: '' }
      Environment:
        Variables:
          LOGS: !If [Both, !Ref Logs, none]
Outputs:
  LogGroup:
    Description: The log group
    Condition: Keeps
    Value: !GetAtt Logs.Arn
`;

/** The fine template with one thing changed: a piece of its text, what stands there instead, and what is said. */
const cases: [string, string, string, string[]][] = [
  [
    'an unknown type',
    'AWS::Logs::LogGroup',
    'AWS::Logs::Group',
    ['15 Resources/Logs/Type AWS::Logs::Group is no type that is known here'],
  ],
  [
    'a part that resources have not',
    '    Condition: Keeps\n    Properties',
    '    Condition: Keeps\n    DependOn: Role\n    Properties',
    ['17 Resources/Logs/DependOn is no part of a resource'],
  ],
  [
    'an unknown property',
    'RetentionInDays:',
    'Retention:',
    ['19 Resources/Logs/Properties/Retention is no property'],
  ],
  [
    'an unknown property in an object',
    '{ ZipFile:',
    '{ Zip:',
    ['32 Resources/Function/Properties/Code/Zip is no property'],
  ],
  [
    'a property that is missing',
    '      Role: !GetAtt Role.Arn\n',
    '',
    ['29 Resources/Function/Properties needs Role'],
  ],
  [
    'a property that is missing in an object of a list',
    '{ Key: zones, Value',
    '{ Key: zones, Values',
    [
      '26 Resources/Role/Properties/Tags/0 needs Value',
      '26 Resources/Role/Properties/Tags/0/Values is no property',
    ],
  ],
  [
    'a needed property that is left out in a case',
    'Role: !GetAtt Role.Arn',
    'Role: !If [HasKey, !GetAtt Role.Arn, !Ref AWS::NoValue]',
    ['30 Resources/Function/Properties/Role is needed in every case'],
  ],
  [
    'a read-only property',
    "LogGroupName: !Sub '/logs/${AWS::StackName}'",
    'Arn: x',
    ['18 Resources/Logs/Properties/Arn is read-only'],
  ],
  [
    'a text for a number',
    'RetentionInDays: !Ref Days',
    'RetentionInDays: long',
    [
      '19 Resources/Logs/Properties/RetentionInDays has to be an integer',
      '3 Parameters/Days is never used',
    ],
  ],
  [
    'a text for a number in a branch',
    'RetentionInDays: !Ref Days',
    'RetentionInDays: !If [HasKey, !Ref Days, long]',
    [
      '19 Resources/Logs/Properties/RetentionInDays/Fn::If/2 has to be an integer',
    ],
  ],
  [
    'a parameter with values that the property has not',
    'MemorySize: !FindInMap [Sizes, small, Memory]',
    'PackageType: !Ref Keep',
    [
      "31 Resources/Function/Properties/PackageType can't be yes, only Image, Zip",
      "31 Resources/Function/Properties/PackageType can't be no, only Image, Zip",
      '8 Mappings/Sizes is never used',
    ],
  ],
  [
    'a value outside an enumeration',
    'MemorySize: !FindInMap [Sizes, small, Memory]',
    'PackageType: Tar',
    [
      "31 Resources/Function/Properties/PackageType can't be Tar, only Image, Zip",
      '8 Mappings/Sizes is never used',
    ],
  ],
  [
    'a list for a text',
    'Value: !Join [',
    'Value: !Split [',
    [
      '26 Resources/Role/Properties/Tags/0/Value has to be a string; Fn::Split gives list',
    ],
  ],
  [
    'a list parameter for a text',
    "Value: !Join [',', !Ref Zones]",
    'Value: !Ref Zones',
    [
      '26 Resources/Role/Properties/Tags/0/Value has to be a string; Ref gives list',
    ],
  ],
  [
    'a text for a list',
    '      Tags:\n        - { Key: zones',
    "      ManagedPolicyArns: !Sub 'arn'\n      Tags:\n        - { Key: zones",
    [
      '25 Resources/Role/Properties/ManagedPolicyArns has to be a list; Fn::Sub gives text',
    ],
  ],
  [
    'a text for an object',
    "Code: { ZipFile: '' }",
    'Code: text',
    ['32 Resources/Function/Properties/Code has to be an object'],
  ],
  [
    'an attribute that the type has not',
    '!GetAtt Role.Arn',
    '!GetAtt Role.Name',
    [
      '30 Resources/Function/Properties/Role AWS::IAM::Role has no attribute Name',
    ],
  ],
  [
    'an attribute of nothing',
    '!GetAtt Role.Arn',
    '!GetAtt Rôle.Arn',
    ['30 Resources/Function/Properties/Role there is no resource Rôle'],
  ],
  [
    'a reference to nothing',
    'Value: !GetAtt Logs.Arn',
    'Value: !Ref Log',
    ['40 Outputs/LogGroup/Value there is no parameter or resource Log'],
  ],
  [
    'a variable of nothing',
    '${AWS::StackName}',
    '${AWS::Stack}',
    [
      '18 Resources/Logs/Properties/LogGroupName there is no parameter or resource AWS::Stack',
    ],
  ],
  [
    'an attribute in a text that the type has not',
    '${AWS::StackName}',
    '${Role.Id}',
    [
      '18 Resources/Logs/Properties/LogGroupName AWS::IAM::Role has no attribute Id',
    ],
  ],
  [
    'a condition that is not there',
    '!If [Both, !Ref Logs, none]',
    '!If [All, !Ref Logs, none]',
    [
      '35 Resources/Function/Properties/Environment/Variables/LOGS there is no condition All',
      '35 Resources/Function/Properties/Environment/Variables/LOGS/Fn::If/1 Logs is not made in every case in which this counts',
      '12 Conditions/Both is never used',
    ],
  ],
  [
    'a resource that is not made in every case',
    '!If [Both, !Ref Logs, none]',
    '!If [HasKey, !Ref Logs, none]',
    [
      '35 Resources/Function/Properties/Environment/Variables/LOGS/Fn::If/1 Logs is not made in every case in which this counts',
      '12 Conditions/Both is never used',
    ],
  ],
  [
    'an output of a resource that is not made in every case',
    '    Condition: Keeps\n    Value',
    '    Value',
    [
      '39 Outputs/LogGroup/Value Logs is not made in every case in which this counts',
    ],
  ],
  [
    'a mapping that is not there',
    '!FindInMap [Sizes',
    '!FindInMap [Size',
    [
      '31 Resources/Function/Properties/MemorySize there is no mapping Size',
      '8 Mappings/Sizes is never used',
    ],
  ],
  [
    'a dependency on nothing',
    '    Condition: Keeps\n    Properties',
    '    Condition: Keeps\n    DependsOn: [Rôle]\n    Properties',
    ['17 Resources/Logs/DependsOn there is no resource Rôle'],
  ],
  [
    'a parameter that is never used',
    '  Days:',
    '  Spare: { Type: String }\n  Days:',
    ['3 Parameters/Spare is never used'],
  ],
  [
    'a parameter without a group',
    'Mappings:',
    'Metadata:\n  AWS::CloudFormation::Interface:\n    ParameterGroups:\n      - Parameters: [Days, Keep, Zone, Key]\nMappings:',
    [
      '10 Metadata/AWS::CloudFormation::Interface/ParameterGroups/0 there is no parameter Zone',
      '5 Parameters/Zones is in no group',
    ],
  ],
  [
    'a name that stays when the resource is replaced',
    'Outputs:',
    '  Service:\n    Type: AWS::VpcLattice::Service\n    Properties: { Name: fixed, CustomDomainName: !Ref Key }\nOutputs:',
    [
      '38 Resources/Service/Properties/CustomDomainName makes a new resource when Key changes, with the same Name; the name has to follow from Key',
    ],
  ],
  [
    'an output that is a list',
    '!GetAtt Logs.Arn',
    '!Ref Zones',
    ['40 Outputs/LogGroup/Value has to be a text'],
  ],
  [
    'an output without a description',
    '    Description: The log group\n',
    '',
    ['37 Outputs/LogGroup needs a Description'],
  ],
];

const said = (text: string) =>
  checkTemplate(text).map(
    ({ line, path, message }) => `${line} ${path} ${message}`,
  );

describe('checkTemplate', () => {
  it('takes what is right', () => {
    expect(said(FINE)).toEqual([]);
  });

  it.each(cases)('refuses %s', (_, from, to, problems) => {
    expect(FINE).toContain(from);
    expect(said(FINE.replace(from, () => to))).toEqual(problems);
  });

  it('says what is no template', () => {
    expect(() => checkTemplate('- a list')).toThrow('mapping');
    expect(() => checkTemplate('Resources: {')).toThrow();
  });

  it.each(productTemplates())('takes %s', async (_, file) => {
    expect(said(await readFile(file, 'utf8'))).toEqual([]);
  });
});
