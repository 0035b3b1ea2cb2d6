import { digest } from '../../units/digest';

/** Type of a field in Prometheus; a `label` is added to all other series. */
export type CounterType = 'gauge' | 'counter' | 'label';

/** One line of the exporter's list: field, type, and help without a comma. */
export type CounterRow = readonly [field: string, type: CounterType, help: string];

/** Fields of the profiling module: the exporter needs SYS_ADMIN for them. */
export const PROFILING_PREFIX = 'DCGM_FI_PROF_';

/**
 * The fields that the exporter reads. A custom list replaces NVIDIA's default list, so this one begins with it.
 *
 * Source of fields and types: NVIDIA/dcgm-exporter etc/default-counters.csv, 4.5.3-4.8.2, and for those without a line
 * there NVIDIA/DCGM dcgmlib/dcgm_fields.h. The help texts are our own.
 */
export const COUNTERS: readonly CounterRow[] = [
  // NVIDIA's default list.
  ['DCGM_FI_DEV_SM_CLOCK', 'gauge', 'Clock of the streaming multiprocessors in MHz.'],
  ['DCGM_FI_DEV_MEM_CLOCK', 'gauge', 'Clock of the memory in MHz.'],
  ['DCGM_FI_DEV_MEMORY_TEMP', 'gauge', 'Temperature of the memory in degrees Celsius.'],
  ['DCGM_FI_DEV_GPU_TEMP', 'gauge', 'Temperature of the GPU in degrees Celsius.'],
  ['DCGM_FI_DEV_POWER_USAGE', 'gauge', 'Power draw in watts.'],
  ['DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION', 'counter', 'Energy since the driver was loaded in millijoules.'],
  ['DCGM_FI_DEV_PCIE_REPLAY_COUNTER', 'counter', 'PCIe packets that were sent again.'],
  ['DCGM_FI_DEV_GPU_UTIL', 'gauge', 'Share of time with a kernel on the GPU in percent. Absent for MIG slices.'],
  ['DCGM_FI_DEV_MEM_COPY_UTIL', 'gauge', 'Share of time in which memory was read or written in percent.'],
  ['DCGM_FI_DEV_ENC_UTIL', 'gauge', 'Use of the video encoder in percent.'],
  ['DCGM_FI_DEV_DEC_UTIL', 'gauge', 'Use of the video decoder in percent.'],
  ['DCGM_FI_DEV_XID_ERRORS', 'gauge', 'Code of the last XID error. It stays until the next one.'],
  ['DCGM_FI_DEV_FB_FREE', 'gauge', 'Free GPU memory in MiB.'],
  ['DCGM_FI_DEV_FB_USED', 'gauge', 'Used GPU memory in MiB.'],
  ['DCGM_FI_DEV_FB_RESERVED', 'gauge', 'GPU memory that the driver keeps in MiB.'],
  ['DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL', 'counter', 'Traffic over all NVLinks.'],
  ['DCGM_FI_DEV_VGPU_LICENSE_STATUS', 'gauge', 'Whether a vGPU licence is active.'],
  ['DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS', 'counter', 'Memory rows replaced after uncorrectable errors.'],
  ['DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS', 'counter', 'Memory rows replaced after correctable errors.'],
  ['DCGM_FI_DEV_ROW_REMAP_FAILURE', 'gauge', 'Whether a memory row could not be replaced: 1 for yes.'],
  ['DCGM_FI_DRIVER_VERSION', 'label', 'Version of the driver.'],
  ['DCGM_FI_PROF_GR_ENGINE_ACTIVE', 'gauge', 'Share of time with a kernel on the GPU or slice from 0 to 1.'],
  ['DCGM_FI_PROF_PIPE_TENSOR_ACTIVE', 'gauge', 'Share of cycles in which the tensor cores worked from 0 to 1.'],
  ['DCGM_FI_PROF_DRAM_ACTIVE', 'gauge', 'Share of cycles in which memory was read or written from 0 to 1.'],
  ['DCGM_FI_PROF_PCIE_TX_BYTES', 'gauge', 'Bytes sent over PCIe per second.'],
  ['DCGM_FI_PROF_PCIE_RX_BYTES', 'gauge', 'Bytes received over PCIe per second.'],
  // Fields that alerts need and NVIDIA's list lacks, or has as a comment only.
  ['DCGM_EXP_XID_ERRORS_COUNT', 'gauge', 'XID errors of the last 5 minutes by code.'],
  ['DCGM_EXP_CLOCK_EVENTS_COUNT', 'gauge', 'Reasons to lower the clock in the last 5 minutes.'],
  ['DCGM_FI_DEV_POWER_VIOLATION', 'counter', 'Time with a lower clock to save power in nanoseconds.'],
  ['DCGM_FI_DEV_THERMAL_VIOLATION', 'counter', 'Time with a lower clock because of heat in nanoseconds.'],
  ['DCGM_FI_DEV_ECC_SBE_VOL_TOTAL', 'counter', 'Corrected memory errors since the driver was loaded.'],
  ['DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', 'counter', 'Uncorrectable memory errors since the driver was loaded.'],
  ['DCGM_FI_DEV_ECC_SBE_AGG_TOTAL', 'counter', 'Corrected memory errors of the life of the GPU.'],
  ['DCGM_FI_DEV_ECC_DBE_AGG_TOTAL', 'counter', 'Uncorrectable memory errors of the life of the GPU.'],
  ['DCGM_FI_DEV_ROW_REMAP_PENDING', 'gauge', 'Whether a memory row waits to be replaced at the next reset: 1 for yes.'],
  ['DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL', 'counter', 'NVLink flow control packets with a wrong checksum.'],
  ['DCGM_FI_DEV_NVLINK_CRC_DATA_ERROR_COUNT_TOTAL', 'counter', 'NVLink data packets with a wrong checksum.'],
  ['DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL', 'counter', 'NVLink packets that were sent again.'],
  ['DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL', 'counter', 'NVLinks that were trained again after errors.'],
  ['DCGM_FI_DEV_FB_TOTAL', 'gauge', 'GPU memory in MiB.'],
  ['DCGM_FI_PROF_SM_ACTIVE', 'gauge', 'Share of multiprocessors that had work from 0 to 1.'],
  ['DCGM_FI_PROF_SM_OCCUPANCY', 'gauge', 'Share of warps on the multiprocessors from 0 to 1.'],
];

/** The list in the exporter's format: three columns, so exactly two commas per line. */
export function countersCsv(rows: readonly CounterRow[]): string {
  return rows.map((row) => `${row.join(', ')}\n`).join('');
}

/** Changes when the list changes. */
export function countersChecksum(rows: readonly CounterRow[]): string {
  return digest(countersCsv(rows));
}
