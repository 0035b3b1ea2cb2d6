import type { Duration, Size } from 'cdk8s';
import { DCGM } from '../../defaults';
import { BASE_ADDRESS } from '../../metrics/runbook';
import { QUALIFIED_KEY } from '../../shapes/kubernetes-names';
import { above, flag, listOf, matching, oneOf, size, wholeSeconds } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { unique } from '../../shapes/unique-list';

/**
 * Type of a DCGM field in Prometheus.
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
 * A field that the exporter reads in addition to those of the library.
 */
export interface DcgmCounter {
  /** Name of the field, for example `DCGM_FI_DEV_PCIE_LINK_GEN`. The series has the same name. */
  readonly field: string;

  /** Type in Prometheus. */
  readonly type: DcgmCounterType;

  /** Help text: one line without a comma, since the exporter's list separates columns with commas. */
  readonly help: string;
}

/**
 * CPU and memory of one exporter.
 */
export interface DcgmExporterResources {
  /**
   * CPU request, in cores. There is no limit: a throttled scrape leaves a gap in every graph.
   *
   * @default 0.1
   */
  readonly cpu?: number;

  /**
   * Memory request.
   *
   * @default - 128 MiB
   */
  readonly memory?: Size;

  /**
   * Memory limit: the exporter is killed above it.
   *
   * @default - 512 MiB
   */
  readonly memoryLimit?: Size;
}

/**
 * The DCGM exporter: metrics of GPUs for Prometheus, with the pod that uses each GPU.
 */
export interface DcgmExporterOptions {
  /**
   * Read the fields of the profiling module, `DCGM_FI_PROF_…`: activity of engines, tensor cores and memory. Only these
   * fields show the use of a MIG slice. The exporter needs the capability `SYS_ADMIN` for them.
   *
   * Profilers such as Nsight cannot use the GPU at the same time.
   *
   * @default true
   */
  readonly profiling?: boolean;

  /**
   * Fields in addition to those of the library.
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
   * Labels of pods that the exporter copies to the series of their GPUs, for example `team`. Each value adds series.
   * The exporter then reads all pods of the cluster. It copies no labels with shared GPUs or Dynamic Resource
   * Allocation, so that combination is refused.
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
   * Base address of the runbooks of these alerts; `/<alert>.md` is appended.
   *
   * @default - the runbooks of this library on GitHub
   */
  readonly runbookBaseUrl?: string;

  /**
   * CPU and memory of each exporter, also under the GPU Operator.
   *
   * @default - 0.1 cores, 128 MiB, and a limit of 512 MiB
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
