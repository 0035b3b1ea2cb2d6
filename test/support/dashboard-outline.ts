/** A dashboard, as far as a snapshot shows it. */
interface OutlinedPanel {
  readonly type: string;
  readonly title?: string;
  readonly panels?: readonly OutlinedPanel[];
  readonly targets?: readonly object[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
}

/**
 * The JSON of a dashboard as a short list: a line for the dashboard, one for each row, and one for each panel with its
 * type, its unit and the number of its queries. Golden tests show this instead of the JSON.
 */
export function dashboardOutline(json: string): string[] {
  const { uid, title, panels } = JSON.parse(json) as { uid: string; title: string; panels: OutlinedPanel[] };
  let row = '';
  const line = ({ title: name, type, fieldConfig, targets = [] }: OutlinedPanel): string => {
    const queries = targets.length === 1 ? '1 query' : `${targets.length} queries`;
    return `${row} / ${name} (${type}, ${fieldConfig?.defaults.unit}): ${queries}`;
  };
  const lines = panels.flatMap((panel) => {
    if (panel.type !== 'row') return [line(panel)];
    row = panel.title ?? '';
    return (panel.panels ?? []).map(line);
  });
  return [`${title} [${uid}]`, ...lines];
}
