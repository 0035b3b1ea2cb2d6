import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { didYouMean, nearest } from '../../preflight/nearest';
import type { Catalogue } from '../catalogue/catalogue';
import { missing } from './missing';

/** Letters in which the name of a variable of a plugin differs from all those of vLLM. */
const PLUGIN_SLIPS = 2;

/** A variable of the engine's container, and the property that sets it. */
export interface EnvironmentVariable {
  /** What the user wrote: `engine.env.VLLM_LOGGING_LEVEL`. */
  readonly origin: string;
  readonly name: string;
}

/**
 * Checks the names of `VLLM_*` variables. vLLM only logs a warning about an unknown one, so a typing error in a name would
 * be easy to miss. With a plugin that has variables of its own, only names near those of vLLM are unknown.
 */
export function checkEnvironment(
  variables: readonly EnvironmentVariable[],
  catalogue: Catalogue,
  withPlugin = false,
): Finding[] {
  return variables
    .filter(({ name }) => name.startsWith('VLLM_') && catalogue.env(name) === undefined)
    .flatMap((variable) => unknownVariable(variable, catalogue, withPlugin));
}

function unknownVariable({ origin, name }: EnvironmentVariable, catalogue: Catalogue, withPlugin: boolean): Finding[] {
  const reason = catalogue.missingEnv(name);
  if (reason) return withPlugin ? [] : [missing('variable', origin, name, reason, catalogue)];
  const known = catalogue.variables().map((each) => each.name);
  if (withPlugin && nearest(name, known, PLUGIN_SLIPS) === undefined) return [];
  const hint = didYouMean(name, known);
  const problem = `vLLM ${catalogue.release.text} does not read ${name}${hint} and would ignore it`;
  return [error('unknown-variable', origin, problem, 'correct the name or remove it')];
}
