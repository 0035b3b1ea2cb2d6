import { join } from 'node:path';
import { interleaved, median, runNode } from './child';

/** What programs/plain.js reports about itself. */
interface PlainFigures {
  readonly objects: number;
  /** Construction and synth, without loading the code. */
  readonly totalMs: number;
  readonly yamlMs: number;
  readonly peakMib: number;
  /** Of all printed files. */
  readonly digest: string;
}

/** What programs/stacks.js reports about itself. */
interface StackFigures extends PlainFigures {
  /** Inside `new VllmInferenceStack`, without the constructors of ApiObject. */
  readonly stackMs: number;
  /** Our validation during synth. */
  readonly validationMs: number;
}

/** A pinned version, which is compared with the one before; or promises and a price: monitor, rules and dashboard. */
export type Variant = 'pinned' | 'watched';

/** How many stacks in how many charts. */
export interface Case {
  readonly stacks: number;
  readonly charts: number;
  /** What the stacks say besides the article's service. */
  readonly variant?: Variant;
}

/** Medians of one case. */
export interface ScaleRow extends Case {
  readonly objects: number;
  readonly totalMs: number;
  readonly plainMs: number;
  readonly peakMib: number;
  readonly plainPeakMib: number;
  /** Parts of the total, from 0 to 1. */
  readonly ours: number;
  readonly validation: number;
  readonly yaml: number;
  /** The second opinion: what is added to plain cdk8s, as part of the total. */
  readonly added: number;
}

const figures = <T>(args: readonly string[]): T => JSON.parse(runNode(args).stdout) as T;

/** Measures one case against plain ApiObjects of the same manifests, in turn, each in fresh processes. */
export function measureScale(each: Case, outdir: string, rounds: number): ScaleRow {
  const { stacks, charts, variant } = each;
  const folder = join(outdir, `${stacks}-${charts}-${variant}`);
  const manifests = `${folder}.json`;
  const program = ['bench/programs/stacks.js', join(folder, 'stacks'), String(stacks), String(charts)];
  if (variant) program.push(`--${variant}`);
  const first = figures<StackFigures>([...program, '--manifests', manifests]);

  const runs = interleaved<StackFigures | PlainFigures>(
    [
      () => figures<StackFigures>(program),
      () => figures<PlainFigures>(['bench/programs/plain.js', join(folder, 'plain'), manifests]),
    ],
    rounds,
  );
  const [withUs, plain] = runs as [StackFigures[], PlainFigures[]];
  if ([...withUs, ...plain].some(({ digest }) => digest !== first.digest)) {
    throw new Error(`${stacks} stacks in ${charts} charts: the runs did not all print the same bytes`);
  }
  const part = (ms: (run: StackFigures) => number) => median(withUs.map((run) => ms(run) / run.totalMs));
  return {
    ...each,
    objects: first.objects,
    totalMs: median(withUs.map(({ totalMs }) => totalMs)),
    plainMs: median(plain.map(({ totalMs }) => totalMs)),
    peakMib: median(withUs.map(({ peakMib }) => peakMib)),
    plainPeakMib: median(plain.map(({ peakMib }) => peakMib)),
    ours: part(({ stackMs, validationMs }) => stackMs + validationMs),
    validation: part(({ validationMs }) => validationMs),
    yaml: part(({ yamlMs }) => yamlMs),
    added: median(withUs.map(({ totalMs }, round) => 1 - (plain[round]?.totalMs ?? NaN) / totalMs)),
  };
}
