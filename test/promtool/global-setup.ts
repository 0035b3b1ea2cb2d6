import { readPromtool } from './environment';

/** Refuses a missing or old promtool once, before any test. */
export default function globalSetup(): void {
  readPromtool();
}
