/** Whether vLLM reads the value of a variable as on (vllm/envs.py: `in ("1", "true")`). */
export function isTrue(value: string | undefined): boolean {
  return ['1', 'true'].includes(value?.trim().toLowerCase() ?? '');
}
