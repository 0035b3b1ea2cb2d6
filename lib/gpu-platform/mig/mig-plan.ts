/** One layout as plain data: the slices of some GPUs, on nodes whose label has its name. */
export interface MigLayoutPlan {
  readonly name: string;
  /** Kind of GPU, and the PCI devices by which mig-parted knows it; undefined for all kinds. */
  readonly gpu?: { readonly name: string; readonly deviceFilter: readonly string[] };
  /** Slices of each profile that one GPU gets; undefined when the GPUs stay whole. */
  readonly slices?: Readonly<Record<string, number>>;
  /** GPUs of the node by index; undefined for all. */
  readonly gpus?: readonly number[];
}

/** The operator sets this label value on MIG-capable nodes without the label, so every file must have it. */
export const ALL_DISABLED = 'all-disabled';

/** Layouts with the same name are one configuration, in the order in which the names first appear. */
export function byName(layouts: readonly MigLayoutPlan[]): [name: string, parts: MigLayoutPlan[]][] {
  const names = new Map<string, MigLayoutPlan[]>();
  for (const layout of layouts) names.set(layout.name, [...(names.get(layout.name) ?? []), layout]);
  return [...names];
}
