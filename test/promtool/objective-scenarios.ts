import type { Series } from './series';

/** Labels of a pod of the stack. */
export const TARGET = 'namespace="llm",app="vllm",pod="vllm-a"';

/** What a scenario reads: the error ratio by window, and the alerts that fire. Undefined is no element. */
export interface Read {
  readonly ratios: Readonly<Record<string, number | undefined>>;
  readonly page: boolean;
  readonly ticket: boolean;
}

export interface Scenario extends Read {
  readonly title: string;
  readonly series: readonly Series[];
  readonly minutes: number;
}

/** No alert fires. */
export const silent = { page: false, ticket: false };
