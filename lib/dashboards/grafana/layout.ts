import type { Panel } from './panel';
import { DATASOURCE } from './panel';

/** Panels under one heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
  /** Closed until the reader opens it: its queries do not run before. */
  readonly collapsed?: boolean;
}

/** Where something lies, in columns of 24 and lines. */
export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A panel with its number and its place. */
export type PlacedPanel = Omit<Panel, 'width' | 'height'> & {
  readonly id: number;
  readonly gridPos: GridPos;
  readonly datasource: typeof DATASOURCE;
};

export interface PlacedRow {
  readonly type: 'row';
  readonly id: number;
  readonly title: string;
  readonly collapsed: boolean;
  readonly gridPos: GridPos;
  readonly panels: readonly PlacedPanel[];
}

export const COLUMNS = 24;

/** Numbers and places all panels: rows below each other, panels from left to right as long as they fit. */
export function layOut(rows: readonly Row[]): (PlacedRow | PlacedPanel)[] {
  let id = 0;
  let y = 0;
  const place = (panels: readonly Panel[]): PlacedPanel[] => {
    let [x, lineHeight] = [0, 0];
    const placed = panels.map(({ width, height, ...panel }) => {
      if (x + width > COLUMNS) {
        y += lineHeight;
        [x, lineHeight] = [0, 0];
      }
      const gridPos = { x, y, w: width, h: height };
      x += width;
      lineHeight = Math.max(lineHeight, height);
      return { id: (id += 1), datasource: DATASOURCE, ...panel, gridPos };
    });
    y += lineHeight;
    return placed;
  };
  return rows.flatMap(({ title, panels, collapsed = false }): (PlacedRow | PlacedPanel)[] => {
    const heading = { type: 'row' as const, id: (id += 1), title, collapsed, gridPos: { x: 0, y, w: COLUMNS, h: 1 } };
    y += 1;
    const below = y;
    const placed = place(panels);
    if (!collapsed) return [{ ...heading, panels: [] }, ...placed];
    // What is closed takes no room; Grafana moves the rest down when it is opened.
    y = below;
    return [{ ...heading, panels: placed }];
  });
}
