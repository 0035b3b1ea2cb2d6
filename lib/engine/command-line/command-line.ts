import { PATHS } from '../../defaults';
import type { Argument, OwnArgument } from './arguments';
import { parseExtraArgs } from './arguments';
import type { Catalogue } from '../catalogue/catalogue';
import type { FlagName } from '../catalogue/flag-name';
import { hasQuirk } from '../catalogue/quirks';
import type { EngineFacts } from '../facts/engine-facts';
import { engineFacts } from '../facts/engine-facts';
import { typedArguments } from '../options/typed-arguments';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { CommandLineInput } from './command-line-input';
import { defaultArguments } from './default-arguments';
import { ownedFindings, secretFindings } from './extra-args';

/** The model as vLLM gets it: its id, which may be a path, or its folder in the mounted volume. */
function modelPath({ model, weights }: CommandLineInput): string {
  if (!weights.offline || model.id.startsWith('/')) return model.id;
  return weights.path === undefined ? PATHS.models : `${PATHS.models}/${weights.path}`;
}

function modelArguments({ model, weights }: CommandLineInput): OwnArgument[] {
  const { servedNames, revision, dtype, quantization, chatTemplate, tokenizer, trustRemoteCode } = model.options;
  const names = servedNames ?? (weights.offline ? [model.id] : undefined);
  const said: [origin: string, flag: FlagName, values: readonly string[] | undefined][] = [
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

/** All arguments of the engine, before timing adds its own. */
export interface CommandLine {
  /** The model as vLLM gets it. */
  readonly model: string;
  readonly args: readonly Argument[];
  /** What the arguments mean. */
  readonly facts: EngineFacts;
  readonly findings: readonly Finding[];
}

/** Collects the arguments of the model, of the typed options, of `extraArgs` and of the library's defaults. */
export function planCommandLine(input: CommandLineInput): CommandLine {
  const { catalogue, engine, extraArgs, others, model, weights } = input;
  const extra = parseExtraArgs(extraArgs, catalogue);
  const said = [...modelArguments(input), ...typedArguments(engine, catalogue), ...others, ...extra.arguments];
  const args = [...said, ...defaultArguments(input, engineFacts(said, catalogue))];
  const findings = [...extra.findings, ...ownedFindings(extra.arguments, input), ...secretFindings(said, input)];
  if (weights.offline && model.options.revision !== undefined) {
    const problem = `is "${model.options.revision}", but the weights come from a volume, which has no revisions`;
    findings.push(error('revision-of-a-volume', 'model.revision', problem, 'remove it'));
  }
  if (weights.offline && model.options.accessToken !== undefined) {
    const problem = 'is set, but the weights come from a volume and the pod never contacts the Hub';
    findings.push(
      error('token-of-a-volume', 'model.accessToken', problem, 'remove it: a missing Secret would block the pod'),
    );
  }
  const path = modelPath(input);
  if (weights.path !== undefined && path !== `${PATHS.models}/${weights.path}`) {
    const problem = `is "${weights.path}" of ${PATHS.models}, but the model is the path ${path}`;
    findings.push(error('model-path-twice', 'weights.path', problem, 'remove one of them'));
  }
  return { model: path, args, facts: engineFacts(args, catalogue), findings };
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
