// Part of `npm publish`: refuses while the author or the repository in package.json does not exist, or is not the one that publishes.
import manifest from '../package.json';
import { reasonsNotToPublish } from './lib/publishable';
import { ScriptError, failScript } from './lib/steps';

const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
const publishing = server === undefined || name === undefined ? undefined : `${server}/${name}`;
const reasons = reasonsNotToPublish(manifest, publishing);
if (reasons.length > 0) failScript(new ScriptError('The package cannot be published.', reasons.join('\n')));
