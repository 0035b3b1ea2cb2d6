export { type Finding, FindingSeverity } from './preflight/finding';
