import { ResourceProvider, ResourceRequest } from '../ResourceProvider';

const SERVICE = 'application-autoscaling';

function register({ properties, tags, call }: ResourceRequest) {
  return call(SERVICE, 'RegisterScalableTarget', { ...properties, Tags: tags });
}

export const scalableTarget: ResourceProvider = {
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  async create(request) {
    const { ResourceId, ScalableDimension, ServiceNamespace } =
      request.properties;
    await register(request);
    const physicalId = [ResourceId, ScalableDimension, ServiceNamespace].join(
      '|',
    );
    request.exists(physicalId);
    return { physicalId, attributes: { Id: physicalId } };
  },
  async update(request) {
    await register(request);
    return {};
  },
  async delete({ physicalId, call }) {
    const [ResourceId, ScalableDimension, ServiceNamespace] =
      physicalId.split('|');
    await call(SERVICE, 'DeregisterScalableTarget', {
      ResourceId,
      ScalableDimension,
      ServiceNamespace,
    });
  },
};
