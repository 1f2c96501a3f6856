// What a look at an image says of a host whose name is not found. No test looks a name up.

import { DnsResolver } from '@n8n/backend-network';
import { Container } from '@n8n/di';

import { lookAtImage } from '../../nodes/AkoolImageToVideo/images/lookAtImage';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';

const MISTYPED = 'exmaple.example';
const IMAGE = `http://${MISTYPED}/a.png`;

/** A context whose requests fail as Node.js fails where it does not find a host. */
function contextWithout(host: string, baseUrl?: string): ReturnType<typeof executeContext> {
	const credential = new KeptCredential({ apiKey: 'k', ...(baseUrl === undefined ? {} : { baseUrl }) });
	const context = executeContext({ parameters: {}, credential });
	const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', hostname: host });
	jest.spyOn(context.helpers, 'httpRequest').mockRejectedValue(error);
	return context;
}

beforeEach(() => {
	jest.spyOn(Container.get(DnsResolver), 'lookup').mockRejectedValue(new Error('getaddrinfo ENOTFOUND'));
});

it('is certain where n8n finds Akool by its name, as the internet does', async () => {
	expect(await lookAtImage(contextWithout(MISTYPED), IMAGE)).toEqual({ kind: 'noSuchHost' });
});

it.each([
	['the name that was not found is that of a proxy', 'proxy.example', undefined],
	['n8n reaches Akool through a gateway, and may know no public names', MISTYPED, 'https://gateway.example'],
])('is doubtful where %s', async (_, host, baseUrl) => {
	expect(await lookAtImage(contextWithout(host, baseUrl), IMAGE)).toMatchObject({ kind: 'notSeen' });
});
