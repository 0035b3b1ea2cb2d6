import { AcceleratorKind } from '../accelerator/accelerator';
import { VLLM_REPOSITORY } from '../defaults/images';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import type { ErrorId } from '../preflight/register';
import type { CrossCheck } from './cross-check';
import type { FlagValues } from '../engine/facts/flag-values';
import { packageFindings } from './tracing-packages';
import { isTrue } from './switches';

/** One flag that is useless or refused without another. */
interface Need {
  readonly id: ErrorId;
  readonly flag: string;
  readonly needs: string;
  readonly problem: string;
  readonly fix: string;
}

const NEEDS: readonly Need[] = [
  {
    id: 'traces-without-endpoint',
    flag: '--collect-detailed-traces',
    needs: '--otlp-traces-endpoint',
    problem: 'has nowhere to send spans',
    fix: 'say engine.otlpTracesEndpoint, or leave it out',
  },
  {
    id: 'tool-choice-without-parser',
    flag: '--enable-auto-tool-choice',
    needs: '--tool-call-parser',
    problem: 'needs a parser for the model’s tool calls',
    fix: 'say engine.toolCallParser, for example "hermes" or "llama3_json"',
  },
  {
    id: 'log-outputs-without-requests',
    flag: '--enable-log-outputs',
    needs: '--enable-log-requests',
    problem: 'logs nothing while requests are not logged',
    fix: 'set engine.enableLogRequests too, or leave it out',
  },
  {
    id: 'certificate-without-key',
    flag: '--ssl-certfile',
    needs: '--ssl-keyfile',
    problem: 'has no private key',
    fix: 'say engine.sslKeyfile',
  },
  {
    id: 'key-without-certificate',
    flag: '--ssl-keyfile',
    needs: '--ssl-certfile',
    problem: 'has no certificate',
    fix: 'say engine.sslCertfile',
  },
];

/** Flags that need another one. */
export const needs: CrossCheck = ({ flags }) =>
  NEEDS.filter(({ flag, needs: other }) => isSaid(flags, flag) && !isSaid(flags, other)).map(
    ({ id, flag, problem, fix }) => error(id, flags.origin(flag), problem, fix),
  );

const isSaid = (flags: FlagValues, flag: string): boolean => flags.has(flag) && !flags.isOff(flag);

/** Traces that the command line asks for; those of `tracing` are checked there. */
export const tracingPackages: CrossCheck = (context) => {
  const { flags } = context;
  const subject = flags.origin('--otlp-traces-endpoint');
  return flags.has('--otlp-traces-endpoint') && subject !== 'tracing' ? packageFindings(context, subject) : [];
};

/** A KV connector needs a role. */
export const kvTransfer: CrossCheck = ({ flags }) => {
  const config = flags.object('--kv-transfer-config');
  if (config?.['kv_connector'] === undefined || config['kv_role'] !== undefined) return [];
  const problem = `names the connector "${String(config['kv_connector'])}" without kv_role`;
  const fix = 'add kv_role: kv_producer, kv_consumer or kv_both';
  return [error('kv-role-missing', flags.origin('--kv-transfer-config'), problem, fix)];
};

/** Speculative decoding without a draft model needs a method; n-grams then have a window by default. */
export const speculation: CrossCheck = ({ flags }) => {
  const config = flags.object('--speculative-config');
  const isNamed = config?.['model'] !== undefined || config?.['method'] !== undefined;
  if (config === undefined || isNamed || flags.has('--spec-method') || flags.has('--spec-model')) return [];
  const subject = flags.origin('--speculative-config');
  return [error('speculation-without-method', subject, 'has neither model nor method', 'say one of them')];
};

/** Adapters that are loaded at run time live in one process, so there must be only one. */
export const runtimeAdapters: CrossCheck = ({ environment, parallelism: { apiServers }, flags }) => {
  const variable = 'VLLM_ALLOW_RUNTIME_LORA_UPDATING';
  if (!isTrue(environment.get(variable)) || apiServers <= 1) return [];
  const problem = `loads adapters into one process, but there are ${apiServers} API servers`;
  const subject = flags.has('--api-server-count') ? flags.origin('--api-server-count') : `env.${variable}`;
  return [error('runtime-lora-with-api-servers', subject, problem, 'set engine.apiServerCount to 1')];
};

/** Engines without HTTP server are for other pods to serve; here nothing would answer the probes. */
export const apiServer: CrossCheck = ({ flags, parallelism: { apiServers } }) => {
  if (apiServers > 0) return [];
  const problem = `is ${apiServers}: a pod without HTTP server never becomes ready`;
  return [error('no-api-server', flags.origin('--api-server-count'), problem, 'use 1 or more')];
};

/** Without statistics there is nothing to scale, alert or look at. */
export const statistics: CrossCheck = ({ flags, metricUsers }) => {
  if (!flags.isOn('--disable-log-stats')) return [];
  const subject = flags.origin('--disable-log-stats');
  if (metricUsers.length === 0) {
    const problem = 'removes every vllm:* metric: nothing can scale on, alert on or show this stack';
    return [warning('no-metrics', subject, problem, 'leave it out')];
  }
  const problem = `removes every vllm:* metric, and these read them: ${metricUsers.join(', ')}`;
  return [error('no-metrics', subject, problem, 'leave it out, or remove what reads metrics')];
};

/** Development routes work without the API key. */
export const developmentMode: CrossCheck = ({ environment }) => {
  // The value of a Secret is not known here, and nobody keeps a 0 there.
  if (!environment.has('VLLM_SERVER_DEV_MODE') || environment.get('VLLM_SERVER_DEV_MODE') === '0') return [];
  const problem = 'opens /sleep, /collective_rpc and other routes that answer without the API key';
  return [warning('development-mode', 'env.VLLM_SERVER_DEV_MODE', problem, 'leave it out in production')];
};

/** Code from a model repository should be code that somebody read; that in a volume does not change by itself. */
export const remoteCode: CrossCheck = ({ flags, modelId, offline }): Finding[] => {
  if (!flags.isOn('--trust-remote-code') || offline) return [];
  if (flags.has('--revision') || flags.has('--code-revision')) return [];
  const problem = `runs whatever Python code ${modelId} holds when the pod starts`;
  return [warning('remote-code-not-pinned', 'model.trustRemoteCode', problem, 'pin model.revision to a commit')];
};

/** The default image is built for CUDA. */
export const imageOfVendor: CrossCheck = ({ accelerator: { kind, resourceName }, image }) => {
  if (kind !== AcceleratorKind.RESOURCE || resourceName.startsWith('nvidia.com/')) return [];
  if (!image.startsWith(`${VLLM_REPOSITORY}:`)) return [];
  const problem = `is ${resourceName}, but the image ${image} is built for CUDA and finds no device there`;
  const fix = 'say the image: VllmVersion.of("0.32.0", { repository: "vllm/vllm-openai-rocm" })';
  return [error('image-of-another-vendor', 'accelerator', problem, fix)];
};
