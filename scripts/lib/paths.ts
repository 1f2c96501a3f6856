// Owns the paths of the repository. Rule: what a script makes goes under .runtime/, which git ignores, or into a temporary folder that it removes again.
import { dirname, join } from 'node:path';

export const ROOT = dirname(dirname(__dirname));
export const RUNTIME = join(ROOT, '.runtime');
