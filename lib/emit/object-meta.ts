/** Metadata that all objects of a stack share. */
export interface ObjectMeta {
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The metadata of one object. */
export function objectMetadata(name: string, { namespace, labels, annotations }: ObjectMeta) {
  const some = Object.keys(annotations).length > 0;
  return { name, namespace, labels: { ...labels }, annotations: some ? { ...annotations } : undefined };
}
