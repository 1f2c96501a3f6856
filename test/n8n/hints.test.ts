import { showHint } from '../../nodes/AkoolImageToVideo/n8n/hints';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext, NODE } from '../integration/engine';
import { watchLog } from '../integration/n8n';

const context = () => executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });

it('shows a hint beside the output', () => {
	const shown = context();
	showHint(shown, 'worked');
	showHint(shown, 'nearly', 'warning');
	expect(shown.hints).toEqual([
		{ message: 'worked', location: 'outputPane', type: 'info' },
		{ message: 'nearly', location: 'outputPane', type: 'warning' },
	]);
});

it('writes a hint into the log if this n8n shows none', () => {
	const log = watchLog();
	const older = Object.defineProperty(context(), 'addExecutionHints', { value: undefined });
	showHint(older, 'worked');
	showHint(older, 'nearly', 'warning');
	expect(log).toEqual([`info: ${NODE}: worked`, `warn: ${NODE}: nearly`]);
});
