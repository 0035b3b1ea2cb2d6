/** What a reader calls a type of the Kubernetes API. */
const WORDS: Readonly<Record<string, string>> = {
  PodTemplateSpec: 'a pod template',
  ObjectMeta: 'metadata',
  PodSpec: 'a pod',
  Container: 'a container',
  EphemeralContainer: 'an ephemeral container',
  ContainerPort: 'a port',
  EnvVar: 'a variable',
  EnvVarSource: 'valueFrom',
  EnvFromSource: 'envFrom',
  Volume: 'a volume',
  VolumeMount: 'a mount',
  VolumeProjection: 'a projected source',
  Probe: 'a probe',
  Lifecycle: 'lifecycle',
  LifecycleHandler: 'a hook',
  ResourceRequirements: 'resources',
  SecurityContext: 'the securityContext of a container',
  PodSecurityContext: 'the securityContext of a pod',
  Toleration: 'a toleration',
  TopologySpreadConstraint: 'a topologySpreadConstraint',
  PodResourceClaim: 'a device claim of a pod',
};

export const wordFor = (type: string): string => WORDS[type] ?? type;

/** `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
