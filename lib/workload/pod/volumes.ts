import type { k8s } from 'cdk8s-plus-28';
import { PATHS } from '../../defaults';
import type { Plain } from '../../emit/kube-manifest';
import { mebibytes } from '../../emit/quantity';
import type { VolumePlan } from './pod-options';
import type { WorkloadPlan } from '../workload-plan';

interface Mounted {
  readonly volume: Plain<k8s.Volume>;
  readonly mount: k8s.VolumeMount;
}

function empty(name: string, mountPath: string, sizeMib: number | undefined, medium?: string): Mounted {
  const sizeLimit = sizeMib === undefined ? undefined : mebibytes(sizeMib);
  return { volume: { name, emptyDir: { sizeLimit, medium } }, mount: { name, mountPath } };
}

/** The weights: a claim, or a download that is deleted with the pod. */
function models({ plan }: WorkloadPlan): Mounted {
  const { claim, offline, isBound } = plan.weights;
  if (claim === undefined) {
    // No limit on a download of unknown size: with a wrong limit, the kubelet would evict the pod again and again.
    const { download, downloadIsOpen } = plan.resources;
    return empty('models', PATHS.models, isBound || downloadIsOpen ? undefined : download?.value);
  }
  const readOnly = offline ? true : undefined;
  return {
    volume: { name: 'models', persistentVolumeClaim: { claimName: claim, readOnly } },
    mount: { name: 'models', mountPath: PATHS.models, readOnly },
  };
}

function extra({ name, mountPath, source }: VolumePlan): Mounted {
  if ('emptySizeMib' in source) return empty(name, mountPath, source.emptySizeMib);
  const mount = { name, mountPath, readOnly: true };
  if ('configMap' in source) return { volume: { name, configMap: { name: source.configMap } }, mount };
  if ('secret' in source) return { volume: { name, secret: { secretName: source.secret } }, mount };
  return { volume: { name, persistentVolumeClaim: { claimName: source.claim, readOnly: source.readOnly } }, mount };
}

/** Volumes and mounts of the pod. The root file system is read-only, so vLLM writes only to volumes. */
export function volumes(workload: WorkloadPlan): { volumes: Plain<k8s.Volume>[]; volumeMounts: k8s.VolumeMount[] } {
  const { resources } = workload.plan;
  const mounted = [
    models(workload),
    empty('cache', PATHS.home, resources.cache.value),
    empty('tmp', PATHS.tmp, resources.tmp.value),
    empty('shm', PATHS.sharedMemory, resources.sharedMemory.value, 'Memory'),
    ...workload.volumes.map(extra),
  ];
  const byName = new Map(mounted.map(({ volume }) => [volume.name, volume]));
  return { volumes: [...byName.values()], volumeMounts: mounted.map(({ mount }) => mount) };
}
