// `npm run build`: dist/ as it is published.
import { ensureDevDependencies } from './lib/devDependencies.mjs';
import { failScript, step } from './lib/steps.mjs';

try {
	await ensureDevDependencies();
	const { build } = await import('./lib/building.mjs');
	await step('Build', build);
} catch (error) {
	failScript(error);
}
