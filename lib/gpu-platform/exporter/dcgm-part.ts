import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { findingsOf } from '../../shapes/shape';
import type { PlatformContext } from '../common/mode-plan';
import type { DcgmExporterOptions } from './dcgm-exporter-options';
import { EXPORTER_OPTIONS } from './dcgm-exporter-options';
import type { ExporterPlace, ExporterPlan } from './dcgm-plan';
import { planExporter } from './dcgm-plan';

/** The exporter of a mode; it has no plan without options, or with options of a wrong shape. */
export interface ExporterPart {
  readonly exporter?: ExporterPlan;
  readonly optionFindings: readonly Finding[];
}

/** The exporter of a mode; nothing without options. */
export function planExporterPart(
  options: DcgmExporterOptions | undefined,
  context: PlatformContext,
  place: ExporterPlace,
): ExporterPart {
  if (options === undefined) return { optionFindings: [] };
  const wrong = findingsOf(options, 'exporter', EXPORTER_OPTIONS);
  if (wrong.length > 0) return { optionFindings: wrong };
  return { exporter: planExporter(options, context, place), optionFindings: [] };
}

/** The exporter of a mode in which it can be turned off; options are refused then. */
export function planExporterUnlessOff(
  { exportMetrics = true, exporter }: { readonly exportMetrics?: boolean; readonly exporter?: DcgmExporterOptions },
  context: PlatformContext,
  place: ExporterPlace,
): ExporterPart {
  if (exportMetrics) return planExporterPart(exporter ?? {}, context, place);
  if (exporter === undefined) return { optionFindings: [] };
  const fix = 'remove it, or set exportMetrics: true';
  return { optionFindings: [error('exporter-off', 'exporter', 'is set, but exportMetrics is false', fix)] };
}
