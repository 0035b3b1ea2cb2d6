import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import type { Catalogue } from '../catalogue/catalogue';
import { missing } from './missing';

/** A variable of the engine's container, and the property that sets it. */
export interface EnvironmentVariable {
  /** What the user wrote: `engine.env.VLLM_LOGGING_LEVEL`. */
  readonly origin: string;
  readonly name: string;
}

/**
 * Checks the names of `VLLM_*` variables. vLLM only logs a warning about an unknown one, so a typing error in a name would
 * be easy to miss.
 */
export function checkEnvironment(variables: readonly EnvironmentVariable[], catalogue: Catalogue): Finding[] {
  return variables
    .filter(({ name }) => name.startsWith('VLLM_') && catalogue.env(name) === undefined)
    .map((variable) => unknownVariable(variable, catalogue));
}

function unknownVariable({ origin, name }: EnvironmentVariable, catalogue: Catalogue): Finding {
  const reason = catalogue.missingEnv(name);
  if (reason) return missing('variable', origin, name, reason, catalogue);
  const hint = didYouMean(
    name,
    catalogue.variables().map((each) => each.name),
  );
  const problem = `vLLM ${catalogue.release.text} does not read ${name}${hint} and would ignore it`;
  return error('unknown-variable', origin, problem, 'correct the name or remove it');
}
