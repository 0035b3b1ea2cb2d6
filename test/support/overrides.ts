/** Overrides of the pod template, by what they change. */
export const sidecar = (fields: object) => ({
  spec: { containers: [{ name: 'sidecar', image: 'example.com/sidecar:1', ...fields }] },
});
export const init = (fields: object) => ({
  spec: { initContainers: [{ name: 'prepare', image: 'busybox:1.37', ...fields }] },
});
export const engine = (fields: object) => ({ spec: { containers: [{ name: 'vllm', ...fields }] } });
export const pod = (spec: object) => ({ spec });
/** A volume that the engine mounts. */
export const volume = (source: object, mount: object = {}) =>
  pod({
    volumes: [{ name: 'extra', ...source }],
    containers: [{ name: 'vllm', volumeMounts: [{ name: 'extra', mountPath: '/extra', ...mount }] }],
  });
