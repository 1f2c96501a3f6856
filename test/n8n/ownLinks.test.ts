import { holdsOwnLink, isCallbackAddress } from '../../nodes/AkoolImageToVideo/n8n/ownLinks';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext, useBinaryMode } from '../integration/engine';

const context = () => executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });

it('recognizes the links in the form that n8n gives them', async () => {
	await useBinaryMode('filesystem');
	const { evaluateExpression, helpers } = context();
	const resumeUrl = String(evaluateExpression.call(context(), '{{ $execution.resumeUrl }}', 0));
	const resumeFormUrl = String(evaluateExpression.call(context(), '{{ $execution.resumeFormUrl }}', 0));
	const binary = await helpers.prepareBinaryData(Buffer.from('x'), 'x.png', 'image/png');
	const signed = helpers.createBinarySignedUrl(binary, '1m');
	for (const link of [resumeUrl, resumeFormUrl, signed]) expect([link, holdsOwnLink(link)]).toEqual([link, true]);
	expect(holdsOwnLink(JSON.stringify({ nested: [{ link: resumeUrl }] }))).toBe(true);
});

it('are recognized wherever their path was configured to, once this package has added its own to it', () => {
	expect(holdsOwnLink('see https://n8n.test/elsewhere/4711/akool?signature=abc&order=x')).toBe(true);
});

it.each([
	['https://n8n.test/elsewhere/4711?signature=abc', true],
	['https://n8n.test/elsewhere/4711/akool?signature=abc', true],
	['https://n8n.test/elsewhere/4711/akool', true],
	['https://n8n.test/elsewhere/4711/akool?order=x', true],
	['https://n8n.test/webhook-waiting/4711', true],
	['https://n8n.test/webhook/akool-videos', false],
	['https://example.com/hook?id=1', false],
])('recognizes a callback address: %s', (address, expected) => {
	expect(isCallbackAddress(address)).toBe(expected);
});

it.each([
	'https://cdn.example.com/v.mp4?Signature=abc&Key-Pair-Id=k',
	'https://example.com/i.png?alt=media&token=t',
	'a prompt',
])('does not recognize a secret link in %s', (text) => expect(holdsOwnLink(text)).toBe(false));
