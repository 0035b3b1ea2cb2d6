/** Memory or disk as a Kubernetes quantity, in Gi if it is a whole number of them. */
export function mebibytes(mib: number): string {
  const whole = Math.ceil(mib);
  return whole % 1024 === 0 ? `${whole / 1024}Gi` : `${whole}Mi`;
}

/** CPU cores as a Kubernetes quantity. */
export function cores(cpu: number): string {
  return Number.isInteger(cpu) ? String(cpu) : `${Math.round(cpu * 1000)}m`;
}
