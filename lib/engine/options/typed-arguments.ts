import type { Size, Duration } from 'cdk8s';
import { mebibytesOf, MIB_PER_GIB } from '../../units/mebibytes';
import type { Argument } from '../command-line/arguments';
import type { Catalogue } from '../catalogue/catalogue';
import type { FlagName } from '../catalogue/flag-name';
import type { EngineOptions } from './engine-options';
import type { Rendering } from './option-table';
import { OPTIONS } from './option-table';

const BYTES_PER_MIB = 1024 * 1024;

/** The values after a flag. */
function valuesOf(value: unknown, rendering: Rendering): string[] {
  switch (rendering) {
    case 'json':
      return [JSON.stringify(value)];
    case 'list':
      return (value as unknown[]).map(String);
    case 'gib':
      return [String(mebibytesOf(value as Size) / MIB_PER_GIB)];
    case 'bytes':
      return [String(Math.round(mebibytesOf(value as Size) * BYTES_PER_MIB))];
    case 'seconds':
      return [String((value as Duration).toSeconds())];
    default:
      return [String(value)];
  }
}

/** `--x`, `--no-x`, or undefined for a switch that is off and has no `--no-` form. */
function switchOf(flag: FlagName, on: boolean, catalogue: Catalogue): string | undefined {
  if (on) return flag;
  return catalogue.flag(flag)?.flag.kind === 'flag' ? undefined : flag.replace(/^--/, '--no-');
}

/** The typed options as arguments, in the order of the table. Expects values of the right shape. */
export function typedArguments(engine: EngineOptions, catalogue: Catalogue): Argument[] {
  const args: Argument[] = [];
  for (const [option, { flag, rendering }] of Object.entries(OPTIONS)) {
    const value: unknown = engine[option as keyof EngineOptions];
    if (value === undefined) continue;
    const origin = `engine.${option}`;
    if (rendering === 'switch') {
      const spelled = switchOf(flag, value === true, catalogue);
      if (spelled !== undefined) args.push({ origin, flag: spelled, values: [] });
    } else {
      args.push({ origin, flag, values: valuesOf(value, rendering) });
    }
  }
  return args;
}
