import { join } from 'node:path';
import { median, runNode } from './child';
import { helmTemplate, writeChart } from './helm';
import type { Subject } from './subject';

/** What programs/plain.js reports about itself. */
interface PlainFigures {
  readonly objects: number;
  /** Construction and synth, without loading the code. */
  readonly totalMs: number;
  /** From the start of the process to the end of synth. */
  readonly processMs: number;
  readonly yamlMs: number;
  readonly peakMib: number;
  /** Hash of all printed files. */
  readonly digest: string;
}

/** What programs/stacks.js reports about itself. */
interface StackFigures extends PlainFigures {
  /** Inside `new VllmInferenceStack`, without the constructors of ApiObject. */
  readonly stackMs: number;
  /** Our validation during synth. */
  readonly validationMs: number;
}

/**
 * `pinned`: a pinned version, which is compared with the one before. `watched`: objectives and a price, which add a
 * monitor, rules and a dashboard. `canary`: a canary besides these.
 */
export type Variant = 'pinned' | 'watched' | 'canary';

/** Number of stacks and charts. */
export interface Case {
  readonly stacks: number;
  readonly charts: number;
  /** What the stacks set in addition to the service of the article. */
  readonly variant?: Variant;
}

/** Medians of one program. */
export interface Figures {
  readonly totalMs: number;
  readonly processMs: number;
  readonly peakMib: number;
}

/** Medians of the library. */
export interface LibraryFigures extends Figures {
  /** Parts of the total, from 0 to 1. */
  readonly ours: number;
  readonly validation: number;
  readonly yaml: number;
  /** Cross-check: the time added to plain cdk8s, as part of the total. */
  readonly added: number;
}

/** Medians of one case. */
export interface ScaleRow extends Case {
  readonly objects: number;
  /** In the order of the subjects. */
  readonly library: readonly LibraryFigures[];
  readonly plain: Figures;
  /** Undefined without Helm, and for several charts. */
  readonly helmMs: number | undefined;
}

const figuresOf = <T>(args: readonly string[], { folder }: Subject): T => JSON.parse(runNode(args, folder).stdout) as T;

/** Arguments of programs/stacks.js. */
const stacksArgs = (outdir: string, { stacks, charts, variant }: Case): string[] => [
  'stacks.js',
  outdir,
  String(stacks),
  String(charts),
  ...(variant ? [`--${variant}`] : []),
];

/** A Helm chart that repeats the objects of one stack. */
export function chartOf(variant: Variant | undefined, subject: Subject): string {
  const chart = join(subject.folder, `chart-${variant}`);
  const manifests = `${chart}.json`;
  runNode(
    [...stacksArgs(`${chart}-stack`, { stacks: 1, charts: 1, variant }), '--manifests', manifests],
    subject.folder,
  );
  writeChart(chart, manifests);
  return chart;
}

const middle = <T>(runs: readonly T[], figure: (run: T) => number): number => median(runs.map(figure));

function medians(runs: readonly PlainFigures[]): Figures {
  return {
    totalMs: middle(runs, ({ totalMs }) => totalMs),
    processMs: middle(runs, ({ processMs }) => processMs),
    peakMib: middle(runs, ({ peakMib }) => peakMib),
  };
}

function libraryMedians(runs: readonly StackFigures[], plain: readonly PlainFigures[]): LibraryFigures {
  const added = runs.map(({ totalMs }, round) => 1 - (plain[round]?.totalMs ?? NaN) / totalMs);
  return {
    ...medians(runs),
    ours: middle(runs, ({ stackMs, validationMs, totalMs }) => (stackMs + validationMs) / totalMs),
    validation: middle(runs, ({ validationMs, totalMs }) => validationMs / totalMs),
    yaml: middle(runs, ({ yamlMs, totalMs }) => yamlMs / totalMs),
    added: median(added),
  };
}

/**
 * Measures one case, plain ApiObjects with the same manifests, and Helm, in turn, each in a new process. Plain cdk8s
 * repeats the manifests of the last subject.
 */
export function measureScale(
  each: Case,
  subjects: readonly Subject[],
  rounds: number,
  helm: { readonly helm: string; readonly chart: string } | undefined,
): ScaleRow {
  const now = subjects.at(-1);
  if (now === undefined) throw new Error('no package to measure');
  const id = `${each.stacks}-${each.charts}-${each.variant}`;
  const manifests = join(now.folder, `${id}.json`);
  const outdir = ({ folder }: Subject, program: string) => join(folder, `${id}-${program}`);
  const first = figuresOf<PlainFigures>([...stacksArgs(outdir(now, 'stacks'), each), '--manifests', manifests], now);

  const library = subjects.map(
    (subject) => () => figuresOf<StackFigures>(stacksArgs(outdir(subject, 'stacks'), each), subject),
  );
  const plain = () => figuresOf<PlainFigures>(['plain.js', outdir(now, 'plain'), manifests], now);
  const rivals = helm && each.charts === 1 ? [() => helmTemplate(helm.helm, helm.chart, each.stacks)] : [];
  const rows: { library: StackFigures[]; plain: PlainFigures; rivals: number[] }[] = Array.from(
    { length: rounds },
    () => ({ library: library.map((run) => run()), plain: plain(), rivals: rivals.map((run) => run()) }),
  );

  const plainRuns = rows.map((row) => row.plain);
  const runsOf = (index: number) => rows.flatMap((row) => row.library[index] ?? []);
  if ([...runsOf(subjects.length - 1), ...plainRuns].some(({ digest }) => digest !== first.digest)) {
    throw new Error(`${each.stacks} stacks in ${each.charts} charts: the runs printed different bytes`);
  }
  return {
    ...each,
    objects: first.objects,
    library: subjects.map((_, index) => libraryMedians(runsOf(index), plainRuns)),
    plain: medians(plainRuns),
    helmMs: rivals.length === 0 ? undefined : median(rows.flatMap((row) => row.rivals)),
  };
}
