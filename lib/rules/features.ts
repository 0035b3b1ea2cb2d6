import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import type { ErrorId } from '../preflight/register';
import type { CrossCheck } from './cross-check';
import { isUsed } from '../engine/facts/fact';
import type { FactName } from '../engine/facts/fact-table';
import { packageFindings } from './tracing-packages';
import { isTrue } from '../engine/variable-switch';

/** A flag that has no effect, or is refused, without another one. */
interface Need {
  readonly id: ErrorId;
  readonly fact: FactName;
  readonly needs: FactName;
  readonly problem: string;
  readonly fix: string;
}

const NEEDS: readonly Need[] = [
  {
    id: 'traces-without-endpoint',
    fact: 'collectDetailedTraces',
    needs: 'otlpTracesEndpoint',
    problem: 'needs an endpoint to send spans to',
    fix: 'set engine.otlpTracesEndpoint, or remove it',
  },
  {
    id: 'tool-choice-without-parser',
    fact: 'enableAutoToolChoice',
    needs: 'toolCallParser',
    problem: 'needs a parser for the model’s tool calls',
    fix: 'set engine.toolCallParser, for example "hermes" or "llama3_json"',
  },
  {
    id: 'log-outputs-without-requests',
    fact: 'enableLogOutputs',
    needs: 'enableLogRequests',
    problem: 'logs nothing while requests are not logged',
    fix: 'set engine.enableLogRequests too, or remove it',
  },
  {
    id: 'key-without-certificate',
    fact: 'sslKeyfile',
    needs: 'sslCertfile',
    problem: 'has no certificate',
    fix: 'set engine.sslCertfile',
  },
];

/** Flags that need another one. */
export const needs: CrossCheck = ({ facts }) =>
  NEEDS.filter(({ fact, needs: other }) => isUsed(facts[fact]) && !isUsed(facts[other])).map(
    ({ id, fact, problem, fix }) => error(id, facts[fact].origin, problem, fix),
  );

/** The file of a certificate may hold its private key too; vLLM then starts without the flag. */
export const certificateKey: CrossCheck = ({ facts: { sslCertfile, sslKeyfile } }) => {
  if (!isUsed(sslCertfile) || isUsed(sslKeyfile)) return [];
  const problem = 'has no private key, so the server fails unless this file holds the key too';
  return [warning('certificate-without-key', sslCertfile.origin, problem, 'set engine.sslKeyfile')];
};

/** Traces that the command line turns on; those of `tracing` are checked there. */
export const tracingPackages: CrossCheck = (context) => {
  const { isSet, origin: subject } = context.facts.otlpTracesEndpoint;
  return isSet && subject !== 'tracing' ? packageFindings(context, subject) : [];
};

/** Adapters that are loaded at run time live in one process, so there must be only one. */
export const runtimeAdapters: CrossCheck = ({ environment, facts: { parallelism, apiServerCount } }) => {
  const { apiServers } = parallelism;
  const variable = 'VLLM_ALLOW_RUNTIME_LORA_UPDATING';
  if (!isTrue(environment.get(variable)) || apiServers <= 1) return [];
  const problem = `loads adapters into one process, but the engine has ${apiServers} API servers`;
  const subject = apiServerCount.isSet ? apiServerCount.origin : `env.${variable}`;
  return [error('runtime-lora-with-api-servers', subject, problem, 'set engine.apiServerCount to 1')];
};

/** An engine without an HTTP server works only behind another pod; here, nothing would answer the probes. */
export const apiServer: CrossCheck = ({ facts: { parallelism, apiServerCount } }) => {
  const { apiServers } = parallelism;
  if (apiServers > 0) return [];
  const problem = `is ${apiServers}: a pod without an HTTP server never becomes ready`;
  return [error('no-api-server', apiServerCount.origin, problem, 'use 1 or more')];
};

/** Without statistics, scaling, alerts and dashboards have no data. */
export const statistics: CrossCheck = ({ facts, metricUsers }) => {
  const { value: isOff, origin: subject } = facts.disableLogStats;
  if (isOff !== true) return [];
  if (metricUsers.length === 0) {
    const problem = 'removes every vllm:* metric: scaling, alerts and dashboards have no data for this stack';
    return [warning('no-metrics', subject, problem, 'remove it')];
  }
  const problem = `removes every vllm:* metric, and these read them: ${metricUsers.join(', ')}`;
  return [error('no-metrics', subject, problem, 'remove it, or remove what reads metrics')];
};

/** Development routes work without the API key. */
export const developmentMode: CrossCheck = ({ environment }) => {
  // The value in a Secret is not known here, so the variable counts as on.
  if (!environment.has('VLLM_SERVER_DEV_MODE') || environment.get('VLLM_SERVER_DEV_MODE') === '0') return [];
  const problem = 'opens /sleep, /collective_rpc and other routes that answer without the API key';
  return [warning('development-mode', 'env.VLLM_SERVER_DEV_MODE', problem, 'remove it in production')];
};

/** Code from a model repository must be pinned, so that it can be reviewed; code in a volume does not change. */
export const remoteCode: CrossCheck = ({ facts, modelId, offline }): Finding[] => {
  if (facts.trustRemoteCode.value !== true || offline) return [];
  if (facts.revision.isSet || facts.codeRevision.isSet) return [];
  const problem = `runs the Python code that ${modelId} has when the pod starts`;
  return [warning('remote-code-not-pinned', 'model.trustRemoteCode', problem, 'pin model.revision to a commit')];
};
