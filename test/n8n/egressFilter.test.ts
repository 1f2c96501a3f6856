import { DnsResolver } from '@n8n/backend-network';
import { Container } from '@n8n/di';

import { isBlockedByN8n, judgedByN8n } from '../../nodes/AkoolImageToVideo/n8n/egressFilter';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';

const context = () => executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });
const lookUp = (address: string): void =>
	void jest.spyOn(Container.get(DnsResolver), 'lookup').mockResolvedValue([{ address, family: 4 }]);

it.each([
	['93.184.215.14', 'allowed'],
	['127.0.0.1', 'blocked'],
	['10.1.2.3', 'blocked'],
	['169.254.169.254', 'blocked'],
])(
	'judges a name by the address it resolves to, even if the protection is off: %s is %s',
	async (address, judgment) => {
		lookUp(address);
		expect(await judgedByN8n(context(), 'https://example.com/video.mp4')).toBe(judgment);
	},
);

it('leaves a name that cannot be resolved to the request', async () => {
	jest.spyOn(Container.get(DnsResolver), 'lookup').mockRejectedValue(new Error('getaddrinfo ENOTFOUND'));
	expect(await judgedByN8n(context(), 'https://example.com/video.mp4')).toBe('allowed');
});

it('cannot judge if this n8n has no filter', async () => {
	const older = context();
	Reflect.deleteProperty(older.helpers, 'getSecureEgressFilter');
	expect(await judgedByN8n(older, 'http://127.0.0.1/')).toBeUndefined();
});

it('recognizes n8n’s own refusals by their names, and no other error', () => {
	expect(isBlockedByN8n(Object.assign(new Error('x'), { name: 'SsrfBlockedIpError' }))).toBe(true);
	expect(isBlockedByN8n(new Error('SsrfBlockedIpError'))).toBe(false);
	expect(isBlockedByN8n(undefined)).toBe(false);
});
