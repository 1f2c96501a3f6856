// Owns the object storage of the tests: it takes a file as S3 does, one call a file. Rule: what arrives damaged, or without the key, is not kept.
import { createHash, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { freePort } from './ports';
import type { IncomingMessage } from 'node:http';
import { HOST, serve } from '../../support/localServer';

const REGION = 'eu-central-1';
const LOCATION = `<?xml version="1.0"?><LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${REGION}</LocationConstraint>`;

const refusal = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;

type StoredObject = { file: Buffer; contentType: string | undefined };
interface ObjectStore {
	/** the data of n8n's credential `s3` */
	account: object;
	/** by bucket and key, such as `my-videos/a.mp4` */
	objects: Map<string, StoredObject>;
	close: () => Promise<void>;
}

export async function startObjectStore(): Promise<ObjectStore> {
	const accessKeyId = randomUUID();
	const port = await freePort();
	const endpoint = `http://${HOST}:${port}`;
	const objects: ObjectStore['objects'] = new Map();

	async function take(request: IncomingMessage): Promise<{ status: number; text: string }> {
		const { method, headers } = request;
		const { pathname, searchParams } = new URL(request.url ?? '/', endpoint);
		const file = await buffer(request);
		if (!headers.authorization?.includes(`Credential=${accessKeyId}/`))
			return { status: 403, text: refusal('InvalidAccessKeyId') };
		if (method === 'GET' && searchParams.has('location')) return { status: 200, text: LOCATION };
		if (method !== 'PUT') return { status: 501, text: refusal('NotImplemented') };
		if (headers['content-md5'] !== createHash('md5').update(file).digest('base64'))
			return { status: 400, text: refusal('BadDigest') };
		objects.set(decodeURIComponent(pathname.slice(1)), { file, contentType: headers['content-type'] });
		return { status: 200, text: '' };
	}

	const server = await serve(async (request, response) => {
		const { status, text } = await take(request);
		response.writeHead(status, { 'content-type': 'application/xml' }).end(text);
	}, port);
	const account = {
		endpoint,
		region: REGION,
		accessKeyId,
		secretAccessKey: randomUUID(),
		forcePathStyle: true,
		ignoreSSLIssues: false,
	};
	return { account, objects, close: server.close };
}
