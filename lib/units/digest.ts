import { createHash } from 'node:crypto';

/** A text that differs where `content` does: the first `length` digits of its SHA-256, or all 64. */
export const digest = (content: string, length = 64): string =>
  createHash('sha256').update(content).digest('hex').slice(0, length);
