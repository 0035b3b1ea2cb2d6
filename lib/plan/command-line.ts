import type { Accelerator } from '../accelerator/accelerator';
import { AcceleratorKind } from '../accelerator/accelerator';
import { GPU_MEMORY_UTILIZATION, MIG_BATCH, PATHS } from '../defaults';
import type { Argument } from '../engine/arguments';
import { parseExtraArgs } from '../engine/arguments';
import type { Catalogue } from '../engine/catalogue/catalogue';
import type { EngineOptions } from '../engine/options/engine-options';
import { typedArguments } from '../engine/options/typed-arguments';
import { atLeast } from '../engine/release';
import type { Model } from '../model/model';
import type { Weights } from '../model/weights';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { looksSecret } from './environment';
import { FlagValues } from './flag-values';

/** What the command line is made from. */
export interface CommandLineInput {
  readonly model: Model;
  readonly weights: Weights;
  readonly accelerator: Accelerator;
  readonly engine: EngineOptions;
  readonly extraArgs: readonly string[];
  readonly catalogue: Catalogue;
}

/** Paths that kubelet and Prometheus ask all the time. */
const PROBE_PATHS = '/health,/metrics,/ping';

/** First minor whose image starts `vllm serve`, which takes the model without a flag (vllm docker/Dockerfile, #25967). */
const POSITIONAL_MODEL_SINCE = '0.11.1';

/** Flags that another property says, or that this workload cannot have. */
const NOT_FOR_EXTRA_ARGS: Readonly<Record<string, string>> = {
  '--model': 'say it as model',
  '--served-model-name': 'say it as servedNames in Model.of',
  '--revision': 'say it as revision in Model.of',
  '--dtype': 'say it as dtype in Model.of',
  '--quantization': 'say it as quantization in Model.of',
  '--chat-template': 'say it as chatTemplate in Model.of',
  '--tokenizer': 'say it as tokenizer in Model.of',
  '--trust-remote-code': 'say it as trustRemoteCode in Model.of',
  '--download-dir': 'say where the weights are kept as weights',
  '--shutdown-timeout': 'say it as lifecycle.drainTimeout, which the grace period follows',
  '--api-key': 'say it as apiKey: arguments are visible to everybody who may read pods',
  '--hf-token': 'say it as accessToken in Model.of: arguments are visible to everybody who may read pods',
  '--port': 'leave it out: probes, Service and NetworkPolicy use port 8000',
  '--host': 'leave it out: the pod listens on all its addresses, and the NetworkPolicy guards them',
  '--uds': 'leave it out: Kubernetes reaches the pod by port',
  '--grpc': 'leave it out: probes, metrics and routes need the HTTP server',
  '--headless': 'leave it out: a pod without HTTP server never becomes ready',
  '--config': 'say the options in engine: a file would go past every check',
  '--nnodes': 'leave it out: a Deployment runs each replica on one node',
  '--node-rank': 'leave it out: a Deployment runs each replica on one node',
  '--master-addr': 'leave it out: a Deployment runs each replica on one node',
  '--master-port': 'leave it out: a Deployment runs each replica on one node',
  '--data-parallel-address': 'leave it out: a Deployment runs each replica on one node',
  '--data-parallel-start-rank': 'leave it out: a Deployment runs each replica on one node',
};

/** The model as vLLM is told: its id, or its folder in the mounted volume. */
function modelPath({ model, weights }: CommandLineInput): string {
  if (!weights.offline) return model.id;
  return weights.path === undefined ? PATHS.models : `${PATHS.models}/${weights.path}`;
}

function modelArguments({ model, weights }: CommandLineInput): Argument[] {
  const { servedNames, revision, dtype, quantization, chatTemplate, tokenizer, trustRemoteCode } = model.options;
  const names = servedNames ?? (weights.offline ? [model.id] : undefined);
  const said: [origin: string, flag: string, values: readonly string[] | undefined][] = [
    ['model.servedNames', '--served-model-name', names],
    ['model.revision', '--revision', revision === undefined ? undefined : [revision]],
    ['model.dtype', '--dtype', dtype === undefined ? undefined : [dtype]],
    ['model.quantization', '--quantization', quantization === undefined ? undefined : [quantization]],
    ['model.chatTemplate', '--chat-template', chatTemplate === undefined ? undefined : [chatTemplate]],
    ['model.tokenizer', '--tokenizer', tokenizer === undefined ? undefined : [tokenizer]],
    ['model.trustRemoteCode', '--trust-remote-code', trustRemoteCode === true ? [] : undefined],
  ];
  return said.flatMap(([origin, flag, values]) => (values === undefined ? [] : [{ origin, flag, values }]));
}

/** Tensor parallelism over the devices that the other kinds of parallelism leave; undefined when they do not divide. */
function remainingDevices(flags: FlagValues, devices: number): number | undefined {
  const others =
    (flags.number('--pipeline-parallel-size') ?? 1) *
    (flags.number('--data-parallel-size') ?? 1) *
    (flags.number('--prefill-context-parallel-size') ?? 1);
  return devices % others === 0 ? devices / others : undefined;
}

/** What the library says where the user did not. */
function defaultArguments({ accelerator, catalogue }: CommandLineInput, said: readonly Argument[]): Argument[] {
  const flags = new FlagValues(said, catalogue);
  const args: Argument[] = [];
  const add = (flag: string, ...values: string[]) => {
    if (!flags.has(flag)) args.push({ origin: 'default', flag, values });
  };
  const tensorParallelSize = remainingDevices(flags, accelerator.count) ?? 1;
  if (tensorParallelSize > 1) add('--tensor-parallel-size', String(tensorParallelSize));
  if (!flags.has('--kv-cache-memory-bytes')) {
    const share = Math.floor((GPU_MEMORY_UTILIZATION / accelerator.sharers) * 100) / 100;
    add('--gpu-memory-utilization', String(share));
  }
  if (accelerator.kind === AcceleratorKind.MIG && accelerator.memoryMib !== undefined) {
    const { large, small, largeSliceMemory } = MIG_BATCH;
    const batch = accelerator.memoryMib >= largeSliceMemory ? large : small;
    add('--max-num-seqs', String(batch.maxNumSeqs));
    add('--max-num-batched-tokens', String(batch.maxNumBatchedTokens));
  }
  add('--disable-fastapi-docs');
  // On by default until 0.10.1 gave it a flag of its own; before, each request was logged with its prompt.
  if (!catalogue.flag('--enable-log-requests')) add('--disable-log-requests');
  if (catalogue.flag('--disable-access-log-for-endpoints')) {
    add('--disable-access-log-for-endpoints', PROBE_PATHS);
  }
  return args;
}

function ownedFindings(extra: readonly Argument[], catalogue: Catalogue): Finding[] {
  return extra.flatMap(({ origin, flag, values }) => {
    const name = catalogue.flag(flag)?.flag.name ?? flag;
    const instead = NOT_FOR_EXTRA_ARGS[name];
    if (instead !== undefined) return [error('owned-flag', origin, `${flag} is not for extraArgs`, instead)];
    if (!values.some((value) => looksSecret('', value))) return [];
    const problem = `${flag} carries what looks like a secret, and everybody who reads the YAML would see it`;
    return [error('secret-as-text', origin, problem, 'put it into a Secret and say it in secretEnv with SecretKey.of')];
  });
}

/** Everything that the engine is told before timing adds its part. */
export interface CommandLine {
  /** The model as vLLM is told. */
  readonly model: string;
  readonly args: readonly Argument[];
  readonly findings: readonly Finding[];
}

/** Collects the arguments of the model, of the typed options, of `extraArgs` and of the library's defaults. */
export function planCommandLine(input: CommandLineInput): CommandLine {
  const { catalogue, engine, extraArgs, model, weights } = input;
  const extra = parseExtraArgs(extraArgs, catalogue);
  const said = [...modelArguments(input), ...typedArguments(engine, catalogue), ...extra.arguments];
  const args = [...said, ...defaultArguments(input, said)];
  const findings = [...extra.findings, ...ownedFindings(extra.arguments, catalogue)];
  if (weights.offline && model.options.revision !== undefined) {
    const problem = `is "${model.options.revision}", but the weights come from a volume, which has no revisions`;
    findings.push(error('revision-of-a-volume', 'model.revision', problem, 'remove it'));
  }
  return { model: modelPath(input), args, findings };
}

/** The command line as the items of a container's `args`: the model, then one flag with its value per item. */
export function renderCommandLine(model: string, args: readonly Argument[], catalogue: Catalogue): string[] {
  const positional = atLeast(catalogue.release, POSITIONAL_MODEL_SINCE);
  return [positional ? model : `--model=${model}`, ...args.flatMap(renderArgument)];
}

/** Lists of several values take an item each: argparse reads `--flag=a b` as one value. */
function renderArgument({ flag, values }: Argument): string[] {
  const [first, ...rest] = values;
  if (first === undefined) return [flag];
  return rest.length === 0 ? [`${flag}=${first}`] : [flag, ...values];
}
