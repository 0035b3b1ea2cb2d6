import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { CrossCheck } from '../cross-check';

/** One flag that is useless or refused without another. */
interface Need {
  readonly id: string;
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
  NEEDS.filter(({ flag, needs: other }) => flags.has(flag) && !flags.isOff(flag) && !flags.has(other)).map(
    ({ id, flag, problem, fix }) => error(id, flags.origin(flag), problem, fix),
  );

/** A KV connector needs a role. */
export const kvTransfer: CrossCheck = ({ flags }) => {
  const config = flags.object('--kv-transfer-config');
  if (config?.['kv_connector'] === undefined || config['kv_role'] !== undefined) return [];
  const problem = `names the connector "${String(config['kv_connector'])}" without kv_role`;
  const fix = 'add kv_role: kv_producer, kv_consumer or kv_both';
  return [error('kv-role-missing', flags.origin('--kv-transfer-config'), problem, fix)];
};

/** Speculative decoding without a draft model needs a method, and n-grams a window. */
export const speculation: CrossCheck = ({ flags }) => {
  const config = flags.object('--speculative-config');
  if (config === undefined) return [];
  const subject = flags.origin('--speculative-config');
  if (config['model'] === undefined && config['method'] === undefined) {
    return [error('speculation-without-method', subject, 'has neither model nor method', 'say one of them')];
  }
  if (config['method'] !== 'ngram' || config['prompt_lookup_max'] !== undefined) return [];
  return [error('ngram-without-window', subject, 'method "ngram" needs prompt_lookup_max', 'say it, for example 4')];
};

/** Adapters that are loaded at run time live in one process, so there must be only one. */
export const runtimeAdapters: CrossCheck = ({ environment, parallelism: { apiServers }, flags }) => {
  const variable = 'VLLM_ALLOW_RUNTIME_LORA_UPDATING';
  const value = environment.get(variable)?.toLowerCase();
  if ((value !== '1' && value !== 'true') || apiServers === 1) return [];
  const problem = `loads adapters into one process, but there are ${apiServers} API servers`;
  const subject = flags.has('--api-server-count') ? flags.origin('--api-server-count') : `env.${variable}`;
  return [error('runtime-lora-with-api-servers', subject, problem, 'set engine.apiServerCount to 1')];
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
  const value = environment.get('VLLM_SERVER_DEV_MODE');
  if (value === undefined || value === '0') return [];
  const problem = 'opens /sleep, /collective_rpc and other routes that answer without the API key';
  return [warning('development-mode', 'env.VLLM_SERVER_DEV_MODE', problem, 'leave it out in production')];
};

/** Code from a model repository should be code that somebody read. */
export const remoteCode: CrossCheck = ({ flags, modelId }): Finding[] => {
  if (!flags.isOn('--trust-remote-code') || flags.has('--revision')) return [];
  const problem = `runs whatever Python code ${modelId} holds when the pod starts`;
  return [warning('remote-code-not-pinned', 'model.trustRemoteCode', problem, 'pin model.revision to a commit')];
};
