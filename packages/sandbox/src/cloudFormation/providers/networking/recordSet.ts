import { ResourceProvider, ResourceRequest } from '../ResourceProvider';

/** A record set as the API takes it: values as records, numbers as numbers. */
function recordOf(properties: Record<string, any>) {
  const {
    Comment: _a,
    HostedZoneId: _b,
    HostedZoneName: _c,
    ResourceRecords,
    TTL,
    ...rest
  } = properties;
  return {
    ...rest,
    ...(ResourceRecords && {
      ResourceRecords: ResourceRecords.map((Value: string) => ({ Value })),
    }),
    ...(TTL !== undefined && { TTL: Number(TTL) }),
    ...(rest.AliasTarget && {
      AliasTarget: { EvaluateTargetHealth: false, ...rest.AliasTarget },
    }),
  };
}

async function zoneOf(
  { call }: ResourceRequest,
  properties: Record<string, any>,
): Promise<string> {
  const { HostedZoneId, HostedZoneName } = properties;
  if (HostedZoneId) {
    return HostedZoneId;
  }
  const { HostedZones } = await call('route53', 'ListHostedZones', {});
  const found = HostedZones.filter(
    ({ Name }: { Name: string }) => Name === HostedZoneName,
  );
  if (found.length !== 1) {
    throw new Error(
      `${found.length} RRSets found for hosted zone name ${HostedZoneName}; give HostedZoneId`,
    );
  }
  return found[0].Id;
}

async function change(
  request: ResourceRequest,
  properties: Record<string, any>,
  Action: 'CREATE' | 'UPSERT' | 'DELETE',
): Promise<void> {
  await request.call('route53', 'ChangeResourceRecordSets', {
    HostedZoneId: await zoneOf(request, properties),
    ChangeBatch: {
      Changes: [{ Action, ResourceRecordSet: recordOf(properties) }],
    },
  });
}

export const recordSet: ResourceProvider = {
  type: 'AWS::Route53::RecordSet',
  async create(request) {
    const { Name } = request.properties;
    await change(request, request.properties, 'CREATE');
    request.exists(Name);
    return { physicalId: Name };
  },
  async update(request) {
    const { properties, previousProperties } = request;
    const key = ({ Type, SetIdentifier }: Record<string, any>) =>
      `${Type} ${SetIdentifier}`;
    if (key(properties) !== key(previousProperties)) {
      await remove(request, previousProperties);
    }
    await change(request, properties, 'UPSERT');
    return {};
  },
  async delete(request) {
    await remove(request, request.properties);
  },
};

/** A record that is gone already is no failure. */
async function remove(
  request: ResourceRequest,
  properties: Record<string, any>,
): Promise<void> {
  try {
    await change(request, properties, 'DELETE');
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code !== 'InvalidChangeBatch' || !message.includes('not found')) {
      throw error;
    }
  }
}
