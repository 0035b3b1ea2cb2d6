import type { StackPlan } from '../plan/stack-plan';

/**
 * Names of the LoRA adapters that a stack has at start: clients send one as the model. Each item is `name=path` or JSON
 * (vllm-project/vllm:vllm/entrypoints/openai/cli_args.py, LoRAParserAction).
 */
export function adapterNames({ basis }: StackPlan): string[] {
  return (basis.commandLine.facts.loraModules.value ?? []).flatMap((item) => {
    const name = item.includes('=') && !item.includes(',') ? item.split('=')[0] : nameOf(item);
    return name === undefined || name === '' ? [] : [name];
  });
}

function nameOf(item: string): string | undefined {
  try {
    const parsed = JSON.parse(item) as { name?: unknown } | null;
    return typeof parsed?.name === 'string' ? parsed.name : undefined;
  } catch {
    return undefined;
  }
}

/** Whether adapters come and go at run time, so that names are served which no manifest has (vllm/envs.py). */
export function loadsAdapters({ environment }: StackPlan): boolean {
  const set = environment.find(({ name }) => name === 'VLLM_ALLOW_RUNTIME_LORA_UPDATING');
  return ['1', 'true'].includes(set?.value?.trim().toLowerCase() ?? '');
}
