import type { Release } from '../engine/release';
import { hasQuirk, quirkSince } from '../engine/catalogue/quirks';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { isOfficialImage } from '../defaults/images';

/** The release that traces, and where it comes from. */
export interface TracingEngine {
  readonly release: Release;
  /** False for a release about which nothing is known. */
  readonly versionIsChecked: boolean;
  readonly image: string;
}

/** Findings about an engine that sends traces: without the packages it exits at start. */
export function packageFindings({ release, versionIsChecked, image }: TracingEngine, subject: string): Finding[] {
  if (!versionIsChecked || hasQuirk(release, 'tracing-packages')) return [];
  const version = release.text;
  const fix = `use vLLM ${quirkSince('tracing-packages')} or later, or an image of your own that has them: VllmVersion.of("${version}", { repository })`;
  if (isOfficialImage(image)) {
    const problem = `needs OpenTelemetry packages, which the image of vLLM ${version} does not have: the engine would exit at start`;
    return [error('no-tracing-packages', subject, problem, fix)];
  }
  const problem = `needs OpenTelemetry packages, which vLLM ${version} does not include: "${image}" must have them, or the engine exits at start`;
  return [warning('no-tracing-packages', subject, problem, 'check that it has them, then acknowledge this finding')];
}
