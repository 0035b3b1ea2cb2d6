import { PATHS } from '../../defaults';
import { isOfficialImage } from '../../defaults/images';
import type { ModelPlan } from '../../model/model-plan';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { Catalogue } from '../catalogue/catalogue';
import { checkArguments } from '../check/check-arguments';
import { parseExtraArgs } from './arguments';
import type { CommandLine } from './command-line';
import type { Owners } from './extra-args';
import { ownedFindings, secretFindings } from './extra-args';

/** What the findings about a command line need besides it. */
export interface CommandLineContext {
  readonly extraArgs: readonly string[];
  readonly ownedFlags: Owners['ownedFlags'];
  readonly model: ModelPlan;
  /** True when the weights come from a volume. */
  readonly offline: boolean;
  /** Folder of the weights inside the volume. */
  readonly weightsPath: string | undefined;
  readonly versionIsChecked: boolean;
  /** The image that the stack runs. */
  readonly image: string;
  readonly catalogue: Catalogue;
}

/** What is wrong with a command line. */
export function commandLineFindings(
  { args, model: path }: Pick<CommandLine, 'args' | 'model'>,
  context: CommandLineContext,
): Finding[] {
  const { catalogue, extraArgs } = context;
  const extra = parseExtraArgs(extraArgs, catalogue);
  const set = args.filter(({ isDefault }) => isDefault !== true);
  return [
    ...extra.findings,
    ...ownedFindings(extra.arguments, context),
    ...secretFindings(set, context),
    ...volumeFindings(path, context),
    ...(context.versionIsChecked ? checkArguments(args, catalogue, !isOfficialImage(context.image)) : []),
  ];
}

function volumeFindings(path: string, { model, offline, weightsPath }: CommandLineContext): Finding[] {
  const findings: Finding[] = [];
  if (offline && model.revision !== undefined) {
    const problem = `is "${model.revision}", but the weights come from a volume, which has no revisions`;
    findings.push(error('revision-of-a-volume', 'model.revision', problem, 'remove it'));
  }
  if (offline && model.hasAccessToken) {
    const problem = 'is set, but the weights come from a volume and the pod never contacts the Hub';
    const fix = 'remove it: a missing Secret would block the pod';
    findings.push(error('token-of-a-volume', 'model.accessToken', problem, fix));
  }
  if (weightsPath !== undefined && path !== `${PATHS.models}/${weightsPath}`) {
    const problem = `is "${weightsPath}" of ${PATHS.models}, but the model is the path ${path}`;
    findings.push(error('model-path-twice', 'weights.path', problem, 'remove it, or set the model to its name'));
  }
  return findings;
}
