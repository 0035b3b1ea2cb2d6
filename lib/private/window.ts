/** A duration as Prometheus writes it. */
export function window(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
