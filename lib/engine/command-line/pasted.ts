import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { Catalogue } from '../catalogue/catalogue';
import { entryOf } from '../../shapes/entry-of';

const REMOVE = 'remove it';
const VARIABLE =
  'set env of the stack instead, or secretEnv for a secret; for the token of the Hub, accessToken in Model.of';
const VOLUME = 'set weights of the stack instead, or extraVolumes';
const PORT = 'remove it: pods and Service use port 8000';
const SHARED_MEMORY = 'remove it: the pod has a volume at /dev/shm, and resources.sharedMemory sets its size';
const GPUS = 'set accelerator of the stack instead';
const USER = 'set podTemplateOverrides of the stack instead';

/** Flags of `docker run` and `podman run` with what to do; vLLM has none of these names. */
const DOCKER: Readonly<Record<string, string>> = {
  '-e': VARIABLE,
  '--env': VARIABLE,
  '--env-file': VARIABLE,
  '-v': VOLUME,
  '--volume': VOLUME,
  '--mount': VOLUME,
  '--tmpfs': VOLUME,
  '-p': PORT,
  '--publish': PORT,
  '--expose': PORT,
  '--gpus': GPUS,
  '--runtime': 'set runtimeClassName of the stack instead, if the nodes need it',
  '--group-add': 'set podUser of the stack instead, with supplementalGroups',
  '--cap-add': USER,
  '--security-opt': USER,
  '--ipc': SHARED_MEMORY,
  '--shm-size': SHARED_MEMORY,
  '--ulimit': REMOVE,
  '--network': REMOVE,
  '--net': REMOVE,
  '--name': 'remove it: name of the stack is the name of the pods',
  '--restart': REMOVE,
  '--entrypoint': REMOVE,
  '--platform': REMOVE,
  '--memory': 'set resources.memory of the stack instead',
  '--cpus': 'set resources.cpu of the stack instead',
};

/** Flags of `docker run` without a value. */
const SWITCHES = new Set([
  '-d',
  '-i',
  '-t',
  '-it',
  '-ti',
  '-dit',
  '-itd',
  '--detach',
  '--rm',
  '--privileged',
  '--init',
  '--pull',
]);

/** The beginning of a command line, an item for each word. */
const COMMAND = /^(docker|podman|sudo|run|vllm|serve|python3?|-m|vllm\.entrypoints\.\S+)$/;

/** A whole command in one item. */
const WHOLE = /^\s*(\$\s+)?(sudo\s+)?(docker|podman|vllm|python3?|kubectl|helm|export|[A-Z_]+=\S+\s+vllm)\s+\S/;

const IMAGE = /^(docker\.io\/)?vllm\/vllm-(openai|openai-(cpu|rocm|xpu)|tpu)([:@]\S+)?$/;

/** An item that belongs to a shell or to another tool, and how many of the items after it do. */
export interface Pasted {
  readonly finding: Finding;
  readonly values: number;
}

/** What is pasted from a shell, from a tutorial or from `docker run`; undefined for anything else. */
export function pasted(item: string, origin: string, catalogue: Catalogue | undefined): Pasted | undefined {
  const found = (problem: string, fix: string, values = 0): Pasted => ({
    finding: error('pasted-command', origin, problem, fix),
    values,
  });
  const word = item.trim();
  if (word === '\\') return found('is a backslash, which continues a line in a shell only', REMOVE);
  if (WHOLE.test(item)) {
    const problem = 'is a whole command: the image starts vLLM itself, and extraArgs has the flags behind it';
    return found(problem, 'set the model in model, and write one flag for each item, such as "--max-num-seqs=64"');
  }
  if (IMAGE.test(word)) return found('is an image', 'set vllmVersion of the stack instead');
  if (word === 'serve') {
    const problem = 'is "serve", a part of the command before the flags';
    return found(problem, 'remove it and the model after it: model of the stack is served', 1);
  }
  const [flag = ''] = /^[^\s=]+/.exec(word) ?? [];
  if (COMMAND.test(word)) return found(`is ${JSON.stringify(word)}, a part of the command before the flags`, REMOVE);
  if (!flag.startsWith('-') || catalogue?.flag(flag) !== undefined) return undefined;
  if (SWITCHES.has(flag)) return found(`${flag} is a flag of docker run`, REMOVE);
  const fix = entryOf(DOCKER, flag);
  return fix === undefined
    ? undefined
    : found(`${flag} is a flag of docker run`, fix, word.length > flag.length ? 0 : 1);
}
