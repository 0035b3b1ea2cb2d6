/**
 * Options of the DCGM exporter.
 */
export interface DcgmExporterOptions {
  /**
   * Placeholder.
   *
   * @default - none
   */
  readonly interval?: number;
}
