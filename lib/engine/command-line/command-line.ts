import { PATHS } from '../../defaults';
import type { Argument, OwnArgument } from './arguments';
import { parseExtraArgs } from './arguments';
import type { Catalogue } from '../catalogue/catalogue';
import type { FlagName } from '../catalogue/flag-name';
import { hasQuirk } from '../catalogue/quirks';
import type { EngineFacts } from '../facts/engine-facts';
import { engineFacts } from '../facts/engine-facts';
import { typedArguments } from '../options/typed-arguments';
import type { CommandLineInput } from './command-line-input';
import { defaultArguments } from './default-arguments';
import { recommendedArguments } from './recommended-arguments';

/** The model as vLLM gets it: its id, which may be a path, or its folder in the mounted volume. */
function modelPath({ model, weights }: CommandLineInput): string {
  if (!weights._isFolder || model.id.startsWith('/')) return model.id;
  return weights.path === undefined ? PATHS.models : `${PATHS.models}/${weights.path}`;
}

function modelArguments({ model, weights }: CommandLineInput): OwnArgument[] {
  const { servedNames, revision, dtype, quantization, chatTemplate, tokenizer, trustRemoteCode } = model.options;
  // Without the Hub, vLLM replaces the id by its folder in the cache (vllm/engine/arg_utils.py), also as the served name.
  const names = servedNames ?? (weights.offline ? [model.id] : undefined);
  const set: [origin: string, flag: FlagName, values: readonly string[] | undefined][] = [
    ['model.servedNames', '--served-model-name', names],
    ['model.revision', '--revision', revision === undefined ? undefined : [revision]],
    ['model.dtype', '--dtype', dtype === undefined ? undefined : [dtype]],
    ['model.quantization', '--quantization', quantization === undefined ? undefined : [quantization]],
    ['model.chatTemplate', '--chat-template', chatTemplate === undefined ? undefined : [chatTemplate]],
    ['model.tokenizer', '--tokenizer', tokenizer === undefined ? undefined : [tokenizer]],
    ['model.trustRemoteCode', '--trust-remote-code', trustRemoteCode === true ? [] : undefined],
  ];
  return set.flatMap(([origin, flag, values]) => (values === undefined ? [] : [{ origin, flag, values }]));
}

/** All arguments of the engine, before timing adds its own. */
export interface CommandLine {
  /** The model as vLLM gets it. */
  readonly model: string;
  readonly args: readonly Argument[];
  /** What the arguments mean. */
  readonly facts: EngineFacts;
}

/** Collects the arguments of the model, of the typed options, of `extraArgs` and of the library's defaults. */
export function planCommandLine(input: CommandLineInput): CommandLine {
  const { catalogue, engine, extraArgs, others } = input;
  const extra = parseExtraArgs(extraArgs, catalogue).arguments;
  const set = [...modelArguments(input), ...typedArguments(engine, catalogue), ...others, ...extra];
  const facts = engineFacts(set, catalogue);
  const recommended = recommendedArguments(input.model, facts, catalogue);
  const known = [...set, ...recommended];
  const isMore = recommended.length > 0;
  const args = [...known, ...defaultArguments(input, isMore ? engineFacts(known, catalogue) : facts)];
  return { model: modelPath(input), args, facts: engineFacts(args, catalogue) };
}

/** The command line as the items of a container's `args`: the model, then one flag with its value per item. */
export function renderCommandLine(model: string, args: readonly Argument[], catalogue: Catalogue): string[] {
  const positional = hasQuirk(catalogue.release, 'positional-model');
  return [positional ? model : `--model=${model}`, ...args.flatMap(renderArgument)];
}

/** Lists of several values have one item for each value: argparse reads `--flag=a b` as one value. */
function renderArgument({ flag, values }: Argument): string[] {
  const [first, ...rest] = values;
  if (first === undefined) return [flag];
  return rest.length === 0 ? [`${flag}=${first}`] : [flag, ...values];
}
