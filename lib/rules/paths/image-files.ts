import { posix } from 'node:path';

/** The working directory of vLLM's image, from which it opens relative paths (docker/Dockerfile). */
export const WORKDIR = '/vllm-workspace';

/** Where the image has the `examples/` of its release: `COPY examples examples` in docker/Dockerfile. */
const EXAMPLES = `${WORKDIR}/examples/`;

/** Folders of the operating system, of Python and CUDA, and what admission webhooks mount: identity tokens. */
const OF_SYSTEM =
  /^\/(usr|lib|lib64|bin|sbin|proc|sys|etc\/(ssl|pki|alternatives|ld\.so\.conf\.d|libibverbs\.d)|opt\/nvidia|(var\/)?run\/secrets|vllm-workspace\/benchmarks)(\/|$)/;

/** Folders that every Linux image has; they have no files of the user. */
const EMPTY_FOLDERS = [
  '/',
  '/etc',
  '/home',
  '/media',
  '/mnt',
  '/opt',
  '/root',
  '/srv',
  '/var',
  WORKDIR,
  `${WORKDIR}/examples`,
];

/**
 * Templates for tool calls that a release has in `examples/`, without `tool_chat_template_` and `.jinja`.
 *
 * Source: vllm-project/vllm examples/ of all releases.
 */
const TOOL_TEMPLATES =
  'apertus deepseekr1 deepseekv3 deepseekv31 deepseekv32 gemma3_pythonic gemma4 granite granite_20b_fc hermes hunyuan_a13b internlm2_tool llama3.1_json llama3.2_json llama3.2_pythonic llama4_json llama4_pythonic minicpm3 minimax_m1 mistral mistral3 mistral_parallel muse_glimmer olmo3 phi4_mini qwen3coder toolace xlam_llama xlam_qwen'.split(
    ' ',
  );

/** Templates of vLLM's package, which need only their name (vllm/transformers_utils/chat_templates). */
const OF_PACKAGE =
  /^(template_(basic|blip2|chatml|deepseek_ocr|deepseek_vl2|florence2|fuyu|kimi_audio|minicpmv45|qwen2_audio|rwkv)|glm4_tool_only_chat_template)\.jinja$/;

/** Whether vLLM's image has something at a path. */
export const isInImage = (path: string): boolean => OF_SYSTEM.test(path) || path.startsWith(EXAMPLES);

/** Whether vLLM's image has a folder at a path. */
export const isFolderOfImage = (path: string): boolean => EMPTY_FOLDERS.includes(path) || isInImage(path);

/** Whether a name alone is a template of vLLM's package. */
export const isTemplateOfPackage = (name: string): boolean => OF_PACKAGE.test(name);

/** Names of templates for tool calls, where a path is one that the image should have and does not. */
export function otherTemplates(path: string): readonly string[] | undefined {
  const name = /^tool_chat_template_(.+)\.jinja$/.exec(posix.relative(EXAMPLES, path))?.[1];
  if (name === undefined || TOOL_TEMPLATES.includes(name)) return undefined;
  return TOOL_TEMPLATES.map((each) => `tool_chat_template_${each}.jinja`);
}
