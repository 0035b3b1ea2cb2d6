import { parseExtraArgs } from '../../lib/engine/command-line/arguments';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { checkArguments } from '../../lib/engine/check/check-arguments';
import { parseRelease } from '../../lib/engine/release';
import { findingLine } from '../../lib/preflight/finding';

/** Findings about arguments of one release. */
export function argumentFindings(release: string, ...extraArgs: string[]) {
  const catalogue = Catalogue.of(parseRelease(release));
  return checkArguments(parseExtraArgs(extraArgs, catalogue).arguments, catalogue);
}

/** Messages about arguments, without their subject. */
export const argumentLines = (release: string, ...extraArgs: string[]) =>
  argumentFindings(release, ...extraArgs).map((finding) => findingLine(finding).replace(/^extraArgs\[\d+\]: /, ''));

/** Severities of these findings. */
export const argumentSeverities = (release: string, ...extraArgs: string[]) =>
  argumentFindings(release, ...extraArgs).map(({ severity }) => severity);
