import type { Duration, Size } from 'cdk8s';
import { DCGM } from '../../defaults';
import { BASE_ADDRESS } from '../../metrics/runbook';
import { QUALIFIED_KEY } from '../../shapes/kubernetes-names';
import { above, flag, listOf, matching, oneOf, size, wholeSeconds } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { unique } from '../../shapes/unique-list';

/**
 * How Prometheus takes a field of DCGM.
 */
export enum DcgmCounterType {
  /** A value that goes up and down. */
  GAUGE = 'gauge',
  /** A value that only grows. */
  COUNTER = 'counter',
  /** A text that becomes a label of all other series of the GPU. */
  LABEL = 'label',
}

/**
 * A field that the exporter reads besides those of the library.
 */
export interface DcgmCounter {
  /** Name of the field, for example `DCGM_FI_DEV_PCIE_LINK_GEN`. The series is called the same. */
  readonly field: string;

  /** How Prometheus takes it. */
  readonly type: DcgmCounterType;

  /** What it is: one line without a comma, since the exporter's list has three columns. */
  readonly help: string;
}

/**
 * CPU and memory of one exporter.
 */
export interface DcgmExporterResources {
  /**
   * CPU that the scheduler sets aside, in cores. There is no limit: a throttled scrape is a gap in every graph.
   *
   * @default 0.1
   */
  readonly cpu?: number;

  /**
   * Memory that the scheduler sets aside.
   *
   * @default - 128 MiB
   */
  readonly memory?: Size;

  /**
   * Memory above which the exporter is killed.
   *
   * @default - 512 MiB
   */
  readonly memoryLimit?: Size;
}

/**
 * The DCGM exporter: metrics of GPUs for Prometheus, with the pod that each GPU works for.
 */
export interface DcgmExporterOptions {
  /**
   * Read the fields of the profiling module, `DCGM_FI_PROF_…`: activity of engines, tensor cores and memory. They are the
   * only ones about the use of a MIG slice, and the exporter needs the capability `SYS_ADMIN` for them.
   *
   * Profilers such as Nsight cannot use a GPU at the same time.
   *
   * @default true
   */
  readonly profiling?: boolean;

  /**
   * Fields besides those of the library.
   *
   * @default - none
   */
  readonly extraCounters?: DcgmCounter[];

  /**
   * Time between two samples, and between two scrapes: whole seconds from 1 to 60.
   *
   * @default - 15 seconds
   */
  readonly interval?: Duration;

  /**
   * Labels of pods that become labels of their GPUs' series, for example `team`. Each value is another series. The
   * exporter then reads all pods of the cluster. Not together with shared GPUs or Dynamic Resource Allocation, for which
   * the exporter does not copy labels.
   *
   * @default - none
   */
  readonly podLabels?: string[];

  /**
   * Emit alerts about the exporter, and about faults of GPUs that no pod uses.
   *
   * @default true
   */
  readonly alerts?: boolean;

  /**
   * Where the runbooks of these alerts are: the name of the alert and `.md` are appended.
   *
   * @default - the runbooks of this library on GitHub
   */
  readonly runbookBaseUrl?: string;

  /**
   * CPU and memory of each exporter. Under the GPU Operator too.
   *
   * @default - 0.1 cores, 128 MiB, and at most 512 MiB
   */
  readonly resources?: DcgmExporterResources;
}

const COUNTER = structOf<DcgmCounter>(
  {
    field: matching(/^DCGM_(FI|EXP)_[A-Z0-9_]+$/, 'the name of a DCGM field, for example "DCGM_FI_DEV_PCIE_LINK_GEN"'),
    type: oneOf(...Object.values(DcgmCounterType)),
    help: matching(/^[^\s,"][^,"\n\r]*$/, 'one line of text without commas and quotes'),
  },
  {},
);
const RESOURCES = structOf<DcgmExporterResources>(
  {},
  { cpu: above(0), memory: size('Size.mebibytes(128)'), memoryLimit: size('Size.mebibytes(512)') },
);

/** All properties of `DcgmExporterOptions`. */
export const EXPORTER_OPTIONS = structOf<DcgmExporterOptions>(
  {},
  {
    profiling: flag,
    alerts: flag,
    runbookBaseUrl: BASE_ADDRESS,
    extraCounters: listOf(COUNTER),
    interval: wholeSeconds('Duration.seconds(15)', { least: 1, most: DCGM.maxInterval }),
    podLabels: unique(listOf(matching(QUALIFIED_KEY, 'the key of a pod label, for example "team"'), 1)),
    resources: RESOURCES,
  },
);
