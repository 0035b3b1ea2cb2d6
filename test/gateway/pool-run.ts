import { runInNamespace } from '../world/run-in-namespace';
import { POOL_NEEDS } from './pool-environment';

process.exitCode = runInNamespace('jest.pools.config.js', POOL_NEEDS, 'POOL_KEEP_LOGS');
