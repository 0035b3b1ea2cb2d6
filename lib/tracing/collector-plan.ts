import { TRACING } from '../defaults';
import { COLLECTOR_IMAGE } from '../defaults/images';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { NAME_SUFFIX, objectNames } from '../plan/object-names';
import type { SecretReference } from '../secrets/secret-key';
import { secretReference } from '../secrets/secret-key';
import { collectorConfig } from './collector-config';
import { OTLP_PORT } from './endpoint';
import type { TracingInput } from './tracing-input';
import type { CollectorTracingOptions } from './tracing-options';
import { CollectorKind, OtlpProtocol } from './tracing-options';

/** Where the certificate authority of the backend is mounted. */
export const CA_FOLDER = '/etc/otel/ca';

/** Everything decided about a collector of the stack's own: plain data. */
export interface CollectorPlan {
  readonly kind: CollectorKind;
  /** Name of the Service, or of the object that the operator reads; the label `app` of the pod. */
  readonly name: string;
  /** Names of the other objects: no two kinds share one. */
  readonly names: {
    readonly serviceAccount: string;
    readonly networkPolicy: string;
    readonly configMap: string;
    readonly deployment: string;
  };
  readonly stack: string;
  readonly image: string;
  /** Undefined where the cluster assigns one. */
  readonly user: number | undefined;
  /** Labels of the engine's pods: only they may send spans. */
  readonly senders: Readonly<Record<string, string>>;
  /** Where the engine sends its spans. */
  readonly endpoint: string;
  /** The configuration file of the collector. */
  readonly config: ReturnType<typeof collectorConfig>;
  /** Headers, each with the variable that the configuration reads. */
  readonly secrets: readonly { readonly name: string; readonly secret: SecretReference }[];
  readonly ca: SecretReference | undefined;
  readonly cpu: number;
  readonly memory: number;
  /** Name of the Service that spans are sent to. */
  readonly service: string;
}

/** The operator's name for the Service of a collector (opentelemetry-operator internal/naming). */
const OPERATED_SERVICE = '-collector';

/** Maximum length of a Service name. */
const MAX_SERVICE = 63;

/** Header names have only letters, digits and dashes, so two headers never get the same variable. */
const variableOf = (header: string): string => `EXPORT_HEADER_${header.toUpperCase().replaceAll('-', '_')}`;

/** Decides about the collector of a stack. */
export function planCollector(
  options: CollectorTracingOptions,
  stack: string,
  { selector: senders, assignsUser }: Pick<TracingInput, 'selector' | 'assignsUser'>,
): CollectorPlan {
  const { kind = CollectorKind.DEPLOYMENT, headers = {}, ca } = options;
  const name = objectNames(stack).collector;
  const service = kind === CollectorKind.OPERATOR ? name + OPERATED_SERVICE : name;
  const secrets = Object.entries(headers).map(([header, secret]) => ({ header, name: variableOf(header), secret }));
  return {
    kind,
    name,
    names: {
      serviceAccount: name + NAME_SUFFIX.serviceAccount,
      networkPolicy: name + NAME_SUFFIX.networkPolicy,
      configMap: `${name}-config`,
      deployment: `${name}-collector`,
    },
    stack,
    image: COLLECTOR_IMAGE,
    user: assignsUser ? undefined : TRACING.collectorUser,
    senders,
    endpoint: `http://${service}:${OTLP_PORT[OtlpProtocol.GRPC]}`,
    config: collectorConfig(options, {
      headers: Object.fromEntries(secrets.map(({ header, name: variable }) => [header, variable])),
      caFile: ca && `${CA_FOLDER}/${ca.key}`,
    }),
    secrets: secrets.map(({ name: variable, secret }) => ({ name: variable, secret: secretReference(secret) })),
    ca: ca && secretReference(ca),
    cpu: TRACING.collectorCpu,
    memory: TRACING.collectorMemory,
    service,
  };
}

/** Problems of a collector: the operator adds a suffix, so the name of the Service may be too long. */
export function collectorFindings({ service }: CollectorPlan): Finding[] {
  if (service.length <= MAX_SERVICE) return [];
  const problem = `makes the operator name the collector's Service "${service}", ${service.length} characters, and Kubernetes accepts ${MAX_SERVICE}`;
  const fix = `use a name with ${service.length - MAX_SERVICE} characters fewer, or CollectorKind.DEPLOYMENT`;
  return [error('collector-name-too-long', 'name', problem, fix)];
}
