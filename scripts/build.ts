// `npm run build`: dist/ as it is published.
import { build } from './lib/building';
import { failScript, step } from './lib/steps';

step('Build', build).catch(failScript);
