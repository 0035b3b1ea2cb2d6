import { ModelTask } from '../model/model-task';
import type { StackPlan } from './stack-plan';

const { GENERATE, EMBED, RERANK, CLASSIFY, TRANSCRIBE } = ModelTask;

/** Values of `--convert`, `--task` (until 0.13) and `--runner` that decide what the model does. */
const FLAGGED: Readonly<Record<string, ModelTask>> = {
  embed: EMBED,
  classify: CLASSIFY,
  score: RERANK,
  reward: CLASSIFY,
  transcription: TRANSCRIBE,
  generate: GENERATE,
};

/** The task of a stack: what the user set, else what the flags set, else what is known of the model. */
export function taskOf({ basis }: Pick<StackPlan, 'basis'>): ModelTask {
  const { runner, convert, task } = basis.commandLine.facts;
  const { set, known } = basis.model.task;
  const byFlag = FLAGGED[convert.value ?? ''] ?? FLAGGED[task.value ?? ''] ?? FLAGGED[runner.value ?? ''];
  return set ?? byFlag ?? known ?? GENERATE;
}
