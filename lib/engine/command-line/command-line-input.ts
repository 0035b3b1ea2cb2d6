import type { Accelerator } from '../../accelerator/accelerator';
import type { OwnArgument } from './arguments';
import type { Catalogue } from '../catalogue/catalogue';
import type { EngineOptions } from '../options/engine-options';
import type { Model } from '../../model/model';
import type { Weights } from '../../model/weights';
import type { HistogramBound } from './histogram-bounds';

/** What the command line is made from. */
export interface CommandLineInput {
  readonly model: Model;
  readonly weights: Weights;
  readonly accelerator: Accelerator;
  readonly engine: EngineOptions;
  readonly extraArgs: readonly string[];
  /** Arguments that other parts of the stack need. */
  readonly others: readonly OwnArgument[];
  /** Upper bounds that histograms must have. */
  readonly bounds: readonly HistogramBound[];
  readonly catalogue: Catalogue;
}
