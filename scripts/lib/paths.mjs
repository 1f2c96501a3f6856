// Owns where things lie. Rule: what a script makes goes under .runtime/, which git ignores, or into a temporary folder that it removes again.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const RUNTIME = join(ROOT, '.runtime');
export const DIST = join(ROOT, 'dist');
