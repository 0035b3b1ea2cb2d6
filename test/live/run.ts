import { runInNamespace } from '../world/run-in-namespace';
import { KEEP_LOGS, LIVE_NEEDS } from './needs';

process.exitCode = runInNamespace('jest.live.config.js', LIVE_NEEDS, KEEP_LOGS);
