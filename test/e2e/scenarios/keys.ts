// What becomes of the API key in a real n8n: it is rotated while executions are Waiting, and it is used in n8n's own HTTP Request node. Rule: what
// arrives at a server counts, and not what the node says of it.
import assert from 'node:assert/strict';
import { CREDENTIAL_TYPE, accountOf } from '../driver/environment';
import { errorOf, itemsOf } from '../driver/n8nWorkflows';
import { serve } from '../../support/localServer';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { repeatCallbacks } from '../run/calls';
import { FINISHED_BY_TEST, parkVideos } from '../run/parked';
import { akoolItems } from '../run/reading';
import { scenario } from '../run/scenario';
import { AFTER, chain, node, startWith } from '../run/workflows';
import type { IncomingMessage } from 'node:http';
import type { Akool, ScenarioContext } from '../run/scenarioContext';

const NEW_KEY = 'RotatedKeyRotatedKeyRotatedKey32';
const HELD_BACK_SECONDS = 4;
const REFUSED_SECONDS = 3;
const TOKEN = 'TokenOfAkoolTokenOfAkool';
const EVERY_MOMENT = { timeoutMs: LONGEST_WAIT_MS, everyMs: 50 };

/** Puts the key that the Akool has now into the credential, as a user does in n8n. */
async function saveKey({ client }: ScenarioContext, { sandbox, credential }: Akool, changes: object) {
	await client.updateCredential(credential, { ...accountOf(sandbox), ...changes });
}

for (const authentication of ['apiKey', 'accessToken'] as const) {
	scenario(
		`The API key is rotated while executions are parked and callbacks are on their way: ${authentication}`,
		async (context) => {
			const akool = await context.akool({ ...FINISHED_BY_TEST, callbackTries: 40 }, { authentication });
			const { sandbox } = akool;
			const started = [await parkVideos(context, akool, 2), await parkVideos(context, akool, 1)];
			const [first, second, third] = sandbox.jobs;
			assert.ok(first !== undefined && second !== undefined && third !== undefined);
			// Of the first video, the body of the callback is held back: encrypted with the old key, it arrives under the new one.
			const slow = sandbox.addFault({
				on: 'callback',
				kind: 'slowBody',
				seconds: HELD_BACK_SECONDS,
				status: 3,
				times: 1,
			});
			sandbox.finishJob(first._id);
			await waitFor('a callback to be under way', async () => (slow.hits > 0 ? true : undefined), EVERY_MOMENT);
			sandbox.rotateKeys({ apiKey: NEW_KEY });
			// Akool refuses the old key from now on, and the credential still holds it.
			sandbox.finishJob(second._id);
			sandbox.finishJob(third._id);
			await new Promise((resolve) => setTimeout(resolve, REFUSED_SECONDS * 1_000));
			await saveKey(context, akool, { authentication });
			if (!context.can.hasSecretResumeUrls) await repeatCallbacks(sandbox);
			for (const { ends } of started) {
				const execution = await ends();
				assert.equal(execution.status, 'success', errorOf(execution));
				assert.ok(akoolItems(execution).every(({ json }) => json.status === 3 && json.timed_out === undefined));
			}
			assert.equal(sandbox.jobs.length, 3, 'no video was made twice');
			const refused = sandbox.callbacks.filter(({ httpStatus }) => httpStatus !== 200).length;
			context.note(`${sandbox.callbacks.length} callbacks, ${refused} of them not answered with 200`);
		},
	);
}

/** A server that keeps what arrives. */
async function recorder(context: ScenarioContext, answerOf: (path: string) => { status: number; location?: string }) {
	const arrived: IncomingMessage[] = [];
	const server = await serve((request, response) => {
		arrived.push(request);
		const { status, location } = answerOf(String(request.url));
		response.writeHead(status, { 'content-type': 'application/json', ...(location !== undefined && { location }) });
		response.end(JSON.stringify({ code: 1000, ...(String(request.url).includes('getToken') && { token: TOKEN }) }));
	});
	context.atClose(server.close);
	return { server, arrived };
}

const asking = (name: string, credential: Akool['credential'], url: string, options: object = {}) =>
	node(
		name,
		'n8n-nodes-base.httpRequest',
		4.2,
		{ url, authentication: 'predefinedCredentialType', nodeCredentialType: CREDENTIAL_TYPE, options },
		{
			credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
			onError: 'continueRegularOutput',
		},
	);

for (const authentication of ['apiKey', 'accessToken'] as const) {
	scenario(`n8n’s HTTP Request node sends the API key to no other server: ${authentication}`, async (context) => {
		const other = await recorder(context, () => ({ status: 200 }));
		const away = new URL(other.server.url);
		const allowed = await recorder(context, (path) =>
			path.startsWith('/away') ? { status: 302, location: `${other.server.url}/redirected` } : { status: 200 },
		);
		const own = new URL(allowed.server.url);
		const { sandbox, credential } = await context.akool({}, { authentication, baseUrl: allowed.server.url });
		const elsewhere = [
			`http://localhost:${away.port}/host`,
			`${other.server.url}/port`,
			`//${away.host}/relative`,
			`\\\\${away.host}/backslashes`,
			`http://${own.host}@${away.host}/user`,
			`http://${away.host}\\@${own.host}/backslash`,
			`http://${own.host}\\@${away.host}/backslash`,
			`HTTP://${away.host}/upper`,
			`hTTp:/${away.host}/slash`,
			`http:\\\\${away.host}/slashes`,
			`http://${own.host}:${away.port}/ports`,
			`\thttp://${away.host}/tab`,
		];
		const items = [`${allowed.server.url}/own`, `${allowed.server.url}/away`, ...elsewhere].map((url) => ({ url }));
		const workflow = chain('HTTP Request', [
			...startWith(items),
			asking('Ask', credential, '={{ $json.url }}'),
			node('One', 'n8n-nodes-base.limit', 1),
			asking('Through a proxy', credential, `${allowed.server.url}/own`, { proxy: other.server.url }),
			asking('By pages', credential, `${allowed.server.url}/own`, {
				pagination: {
					pagination: {
						paginationMode: 'responseContainsNextURL',
						nextURL: `${other.server.url}/next`,
						paginationCompleteWhen: 'other',
						completeExpression: '={{ $pageCount >= 2 }}',
						limitPagesFetched: true,
						maxRequests: 2,
					},
				},
			}),
			node(AFTER, 'n8n-nodes-base.noOp', 1),
		]);
		const execution = await context.run(workflow);
		assert.equal(execution.status, 'success', errorOf(execution));
		const secrets = [sandbox.apiKey, TOKEN];
		const hasKey = ({ url, rawHeaders }: IncomingMessage) =>
			secrets.some((secret) => [url, ...rawHeaders].join('\n').includes(secret));
		assert.ok(
			allowed.arrived.some((request) => request.url === '/own' && hasKey(request)),
			'the own server is asked with the key',
		);
		assert.deepEqual(
			other.arrived.map(({ url }) => url),
			[],
			'nothing arrives at the other server',
		);
		const answers = itemsOf(execution, 'Ask').map(({ json }) => JSON.stringify(json));
		assert.equal(answers[0], '{"code":1000}');
		assert.equal(answers.filter((answer) => answer.includes('"error"')).length >= elsewhere.length, true);
		assert.ok(!answers.some((answer) => secrets.some((secret) => answer.includes(secret))));
		context.note(
			`${other.arrived.length} requests arrived at the other server, ${allowed.arrived.filter(hasKey).length} with the key at Base URL`,
		);
	});
}
