type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const isText = (value: unknown) => typeof value === 'string';
const isObject = (value: unknown) => typeof value === 'object' && value !== null;
const isUnset = (value: unknown) => value === undefined;

/** What the factories of a class always set, as far as a call of the constructor from JavaScript would not. */
const MADE: Readonly<Record<string, (its: Fields) => boolean>> = {
  Accelerator: ({ kind, resourceName, count }) => isText(kind) && isText(resourceName) && typeof count === 'number',
  Architecture: ({ _shape }) => Array.isArray(fields(_shape)['groups']),
  CanaryRouter: ({ _spec }) => isText(fields(_spec)['kind']),
  Dashboards: (its) =>
    [its['configMapOptions'], its['grafanaOperatorOptions']].every((each) => isUnset(each) || isObject(each)),
  Delivery: ({ strategy, maxSurge }) => isText(strategy) && typeof maxSurge === 'number',
  ExtraVolume: ({ mountPath, _source }) => isText(mountPath) && isObject(_source),
  GatewayImplementation: ({ _kind }) => isText(_kind),
  GatewayTraffic: ({ _spec }) => isText(fields(_spec)['kind']),
  GpuModel: ({ name, _facts }) => isText(name) && isObject(_facts),
  GpuNodes: ({ _plan }) => Array.isArray(fields(_plan)['terms']),
  GpuPlatformMode: ({ _plan }) => typeof _plan === 'function',
  GpuSharing: ({ _rules }) => isText(fields(_rules)['method']),
  Guard: ({ _spec }) => isText(fields(_spec)['query']) && isText(fields(_spec)['side']),
  InferencePool: ({ _backend }) => isObject(_backend),
  Layers: ({ _group }) => isText(fields(_group)['kind']),
  Mesh: ({ _mode }) => isText(_mode),
  MigLayout: ({ name, _plan }) => isText(name) && isObject(_plan),
  Model: ({ id, options }) => isText(id) && isObject(options),
  ModelGateway: ({ _plan }) => isText(fields(_plan)['kind']),
  ModelIngress: ({ _plan }) => isText(fields(_plan)['kind']),
  Monitor: ({ options }) => isObject(options),
  Objective: ({ _spec }) => isText(fields(_spec)['kind']),
  Placement: ({ _rule }) => typeof _rule === 'function',
  PodField: ({ _source }) => isText(fields(_source)['field']) || isObject(fields(_source)['resource']),
  PodUser: ({ _plan }) => Array.isArray(fields(_plan)['supplementalGroups']),
  Price: ({ dollarsPerGpuHour }) => typeof dollarsPerGpuHour === 'number',
  PrometheusAuthentication: ({ _plan }) => Array.isArray(fields(_plan)['modes']),
  PrometheusServer: ({ address }) => isText(address),
  RouteTarget: ({ _backend }) => isText(fields(_backend)['kind']),
  Scaling: ({ replicas, kedaOptions }) => typeof replicas === 'number' || isObject(kedaOptions),
  SecretKey: ({ secretName, key }) => isText(secretName) && isText(key),
  Signal: ({ _spec }) => isText(fields(_spec)['of']),
  SmokeTest: ({ kind, options }) => isText(kind) && isObject(options),
  Tracing: ({ otlpOptions, collectorOptions }) => isObject(otlpOptions) || isObject(collectorOptions),
  VllmInferenceStack: ({ _parts }) => isObject(_parts),
  VllmVersion: ({ version, _release }) => isText(version) && isObject(_release),
  Weights: ({ offline }) => typeof offline === 'boolean',
};

/**
 * Whether an instance of a public class is what its factories make. JavaScript and `Object.create` get past them: such an
 * instance has the brand and the type, and nothing in it was checked.
 */
export const isMade = (instance: object, className: string): boolean => MADE[className]?.(instance as Fields) ?? true;
