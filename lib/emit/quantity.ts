import { k8s } from 'cdk8s-plus-28';

/** Memory or disk as a Kubernetes quantity, in whole Gi where it is one. */
export function mebibytes(mib: number): k8s.Quantity {
  const whole = Math.ceil(mib);
  return k8s.Quantity.fromString(whole % 1024 === 0 ? `${whole / 1024}Gi` : `${whole}Mi`);
}

/** CPU cores as a Kubernetes quantity. */
export function cores(cpu: number): k8s.Quantity {
  return k8s.Quantity.fromString(Number.isInteger(cpu) ? String(cpu) : `${Math.round(cpu * 1000)}m`);
}
