import type { StackPlan } from '../../plan/stack-plan';

/** The name in one value of `--lora-modules`: `name=path`, or JSON (vllm/entrypoints/openai/cli_args.py, LoRAParserAction). */
function nameOf(module: string): string[] {
  if (module.includes('=') && !module.includes(',')) return [module.slice(0, module.indexOf('='))];
  try {
    const { name } = JSON.parse(module) as { name?: unknown };
    return typeof name === 'string' ? [name] : [];
  } catch {
    return []; // vLLM refuses it at start, with a message of its own.
  }
}

/** Names of the LoRA adapters that a stack loads at start: clients ask for them as for models. */
export const adapterNames = ({ basis }: StackPlan): string[] =>
  (basis.commandLine.facts.loraModules.value ?? []).flatMap(nameOf);

/** With one of these, an adapter may be loaded later under any name (vllm/envs.py, vllm/plugins/lora_resolvers). */
const LOADERS = ['VLLM_ALLOW_RUNTIME_LORA_UPDATING', 'VLLM_LORA_RESOLVER_CACHE_DIR', 'VLLM_LORA_RESOLVER_HF_REPO_LIST'];

/** Whether a stack may serve names that the program does not contain. */
export const loadsAdapters = ({ basis, environment }: StackPlan): boolean =>
  basis.commandLine.facts.enableLora.value === true &&
  environment.some(({ name, value }) => LOADERS.includes(name) && !/^(0|false)$/i.test(value ?? ''));
