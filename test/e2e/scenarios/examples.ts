// The shipped examples: each is imported and does what its page says. Rule: nothing of an example is replaced but what its user would fill in.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import set from 'lodash/set';
import { checkMp4 } from '../../../scripts/lib/mp4';
import { ROOT } from '../../../scripts/lib/paths';
import { EXAMPLES_FOLDER, listExamples, readExample, readExampleFile } from '../driver/examples';
import { callTool, say, startLanguageModel } from '../driver/languageModel';
import { errorOf, itemsOf } from '../driver/n8nWorkflows';
import { startObjectStore } from '../driver/objectStore';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { openBrowser } from '../driver/browser';
import { createAtAkool, deleteAtAkool } from '../run/calls';
import { scenario } from '../run/scenario';
import type { SandboxOptions } from '../../sandbox/types';
import type { Akool, ScenarioContext } from '../run/scenarioContext';
import type { Execution, Workflow } from '../driver/n8nWorkflows';
import type { IDataObject } from 'n8n-workflow';
import type { Page } from 'playwright-core';

const TIMING = { timeoutMs: LONGEST_WAIT_MS, everyMs: 300 };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** @returns a folder of this scenario's own, where n8n may write */
async function ownFolder({ environment: { savedFolder } }: ScenarioContext): Promise<string> {
	assert.ok(savedFolder, 'n8n may write nowhere');
	return await mkdtemp(join(savedFolder, 'example-'));
}

/** Runs a workflow from one of its triggers, as the editor's button does. */
async function runFrom(context: ScenarioContext, id: string, trigger: string, given?: object) {
	const execution = await context.started(id, await context.client.runWorkflow(id, trigger, given)).ends();
	assert.equal(execution.status, 'success', errorOf(execution));
	return execution;
}

/**
 * Fills in an example that starts by the editor's button, and runs it.
 * @param options `change`: what else its user
 *   sets; `status`: how it is to end
 */
async function runExample(
	context: ScenarioContext,
	name: string,
	{
		akool: options,
		change = () => undefined,
		status = 'success',
	}: { akool?: SandboxOptions; change?: (workflow: Workflow) => void; status?: string } = {},
) {
	const akool = await context.akool({ jobSeconds: 1, ...options });
	const folder = await ownFolder(context);
	const workflow = await readExample(name, { credentials: [akool.credential], imageUrl: akool.imageUrl, folder });
	change(workflow);
	const execution = await (await context.start(workflow, 'button')).ends();
	assert.equal(execution.status, status, errorOf(execution));
	return { akool, folder, execution };
}

/** Publishes a workflow for as long as it is worked with. */
async function whilePublished({ client }: ScenarioContext, workflow: Workflow, work: (id: string) => Promise<void>) {
	const { id } = await client.createWorkflow(workflow);
	await client.activateWorkflow(id);
	try {
		await work(id);
	} finally {
		await client.deactivateWorkflow(id);
	}
}

/**
 * The executions of a published workflow, once there are so many.
 * @returns oldest first
 */
async function executionsOf(context: ScenarioContext, id: string, count: number): Promise<Execution[]> {
	const check = async () => {
		const ended = await context.client.listExecutions(id, ['success', 'error']);
		return ended.length >= count ? ended : undefined;
	};
	const ended = await waitFor(`${count} executions of workflow ${id}`, check, TIMING);
	const executions = await Promise.all(ended.map(async (execution) => await context.client.getExecution(execution.id)));
	for (const execution of executions) assert.equal(execution.status, 'success', errorOf(execution));
	return executions.sort((one, other) => Number(one.id) - Number(other.id));
}

function nodeOf(workflow: Workflow, name: string) {
	const node = workflow.nodes.find((candidate) => candidate.name === name);
	assert.ok(node, name);
	return node;
}

/** Lets a node wait no longer than this. */
function setWaitTimeout(workflow: Workflow, name: string, minutes: number) {
	set(nodeOf(workflow, name), 'parameters.options.waitTimeout', minutes);
}

/**
 * The items of every run of a node, run by run.
 * @returns their JSON
 */
const runsOf = (execution: Execution, nodeName: string): IDataObject[][] =>
	(execution.data.resultData.runData[nodeName] ?? []).map((_, run) =>
		itemsOf(execution, nodeName, { run }).map(({ json }) => json),
	);

const videoIds = (execution: Execution, nodeName: string): string[] =>
	itemsOf(execution, nodeName).map(({ json }) => String(json._id));

scenario('n8n has every node, version and parameter that the examples use', async ({ client }) => {
	const used: Record<string, { version: number; parameters: string[] }> = JSON.parse(
		await readFile(join(ROOT, 'test', 'examples', 'n8nNodes.json'), 'utf8'),
	);
	const known = await client.listNodeTypes();
	const missing = Object.entries(used).filter(([type, { version, parameters }]) => {
		const found = known.find(
			(description) => description.name === type && [description.version].flat().includes(version),
		);
		const offered: { name: string }[] = found?.properties ?? [];
		return found === undefined || parameters.some((parameter) => !offered.some(({ name }) => name === parameter));
	});
	assert.deepEqual(missing, []);
});

scenario('n8n’s command line imports every example unchanged', async ({ client, environment }) => {
	const examples = await Promise.all(
		(await listExamples()).map(async (name) =>
			JSON.parse(await readFile(join(EXAMPLES_FOLDER, `${name}.json`), 'utf8')),
		),
	);
	const [main] = environment.processes;
	const said = await main?.command('import:workflow', '--separate', `--input=${EXAMPLES_FOLDER}`);
	const workflows = await client.listWorkflows();
	for (const { name, nodes, connections } of examples) {
		// Scenarios that run beside this one import examples too, but fill them in.
		const candidates = await Promise.all(
			workflows.filter((workflow) => workflow.name === name).map(async ({ id }) => await client.getWorkflow(id)),
		);
		const found = candidates.find((workflow) =>
			isDeepStrictEqual([workflow.nodes, workflow.connections], [nodes, connections]),
		);
		assert.ok(found, `"${name}" did not arrive as it is: ${said}`);
		assert.equal(found.active, false);
	}
});

scenario('Example: one image becomes one saved video', async (context) => {
	const { akool, folder } = await runExample(context, 'one-image-to-one-video');
	const [job] = akool.sandbox.jobs;
	assert.equal(job?.body.image_url, akool.imageUrl);
	assert.deepEqual(await readdir(folder), [`${job?._id}.mp4`]);
	await checkMp4(join(folder, `${job?._id}.mp4`));
});

scenario(
	'Example: a video that takes too long ends in an error that names its ID, to fetch it later',
	async (context) => {
		const { akool, folder, execution } = await runExample(context, 'one-image-to-one-video', {
			akool: { jobSeconds: Infinity },
			change: (workflow) => setWaitTimeout(workflow, 'Create the Video', 0),
			status: 'error',
		});
		assert.match(errorOf(execution) ?? '', /binary/);
		assert.deepEqual(
			videoIds(execution, 'Create the Video'),
			akool.sandbox.jobs.map(({ _id }) => _id),
		);
		assert.deepEqual(await readdir(folder), []);
	},
);

interface ProductForm {
	/** where the example saves */
	folder: string;
	/** fills in the form, and returns when the execution that it started has ended */
	upload: (sheet: string, credits: number) => Promise<void>;
	/** the latest execution */
	last: () => Promise<Execution>;
	/** the rows of all lists of that kind, below their heading */
	list: (kind: string) => Promise<string>;
}

/** Works with the form of the product sheet. */
async function withProductForm(
	context: ScenarioContext,
	akool: Akool,
	work: (form: ProductForm) => Promise<void>,
	change: (workflow: Workflow) => void = () => undefined,
) {
	const folder = await ownFolder(context);
	const workflow = await readExample('product-sheet-to-videos', {
		credentials: [akool.credential],
		imageUrl: akool.imageUrl,
		folder,
	});
	change(workflow);
	const form = `${context.environment.url}/form/${nodeOf(workflow, 'Upload the Sheet').webhookId}`;
	await whilePublished(context, workflow, async (id) => {
		assert.match(await (await fetch(form)).text(), /Product Sheet to Videos/);
		let executions: Execution[] = [];
		await work({
			folder,
			upload: async (sheet, credits) => {
				const body = new FormData();
				body.append('field-0', new File([sheet], 'products.csv', { type: 'text/csv' }));
				body.append('field-1', String(credits));
				const { status } = await fetch(form, { method: 'POST', body });
				assert.equal(status, 200);
				executions = await executionsOf(context, id, executions.length + 1);
			},
			last: async () => executions.at(-1) ?? assert.fail('nothing was uploaded'),
			list: async (kind) => {
				const files = await readdir(folder);
				const lists = files.filter((file) => new RegExp(`^${kind}-[\\d-]+\\.csv$`).test(file));
				assert.ok(lists.length > 0, `among ${files}`);
				const texts = await Promise.all(lists.sort().map(async (name) => await readFile(join(folder, name), 'utf8')));
				return [texts[0]?.split('\n')[0] ?? '', ...texts.flatMap(rowsOf)].join('\n');
			},
		});
	});
}

/** @returns the names of the videos there */
const savedVideos = async (folder: string): Promise<string[]> =>
	(await readdir(folder)).filter((file) => file.endsWith('.mp4')).sort();

/**
 * The rows of a sheet of products.
 * @param prompts by SKU
 */
const productSheet = (imageUrl: string, prompts: Record<string, string>) =>
	['sku,image_url,prompt', ...Object.entries(prompts).map(([sku, prompt]) => `${sku},${imageUrl},"${prompt}"`)].join(
		'\n',
	);

/** The rows of a list, below its heading; a field in quotes may hold lines of its own. */
const rowsOf = (list: string): string[] => (list.trim().match(/(?:"(?:[^"]|"")*"|[^\n"])+/g) ?? []).slice(1);

scenario(
	'Example: a product sheet becomes videos within a budget, and a second run creates the remaining rows',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 1 });
		await withProductForm(context, akool, async ({ folder, upload, list }) => {
			await upload(await readExampleFile('products.csv', akool), 45);
			assert.deepEqual(await savedVideos(folder), ['sample-01.mp4', 'sample-02.mp4']);
			assert.equal((await readdir(folder)).length, 3, 'there is no further file');
			const sheet = await list('not-created');
			assert.match(sheet, /sample-03.*Maximum Credits/s);
			assert.equal(rowsOf(sheet).length, 1);

			await upload(sheet, 45);
			assert.deepEqual(await savedVideos(folder), ['sample-01.mp4', 'sample-02.mp4', 'sample-03.mp4']);
			const prompts = akool.sandbox.jobs.map(({ body }) => body.prompt);
			assert.deepEqual([prompts.length, new Set(prompts).size], [3, 3], 'each row is made once');
			for (const file of await savedVideos(folder)) await checkMp4(join(folder, file));
		});
	},
);

scenario('Example: a product sheet may use semicolons and start with a byte order mark', async (context) => {
	const akool = await context.akool({ jobSeconds: 1 });
	await withProductForm(context, akool, async ({ folder, upload }) => {
		const rows = ['sku;image_url;prompt', `bottle-01;${akool.imageUrl};"The camera circles, slowly"`];
		await upload(`\uFEFF${rows.join('\r\n')}\r\n`, 45);
		assert.deepEqual(await savedVideos(folder), ['bottle-01.mp4']);
		assert.deepEqual(
			akool.sandbox.jobs.map(({ body }) => body.prompt),
			['The camera circles, slowly'],
		);
	});
});

scenario(
	'Example: product sheet rows that may have been charged are listed separately and not ordered again',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 1, listEnabled: false });
		const { sandbox, imageUrl } = akool;
		// The first goes alone; of the two that follow it at once, one loses its answer.
		sandbox.addFault({ on: 'create', kind: 'resetAfter', after: 1 });
		sandbox.addFault({ on: 'file', kind: 'status', status: 404, times: Infinity });
		await withProductForm(context, akool, async ({ folder, upload, list }) => {
			const prompts = {
				'failed-01': 'Fail [sandbox: fail]',
				'other-02': 'Turn, slowly',
				'other-03': 'Turn, fast',
				'dear-04': 'Turn twice',
			};
			await upload(productSheet(imageUrl, prompts), 65);
			assert.deepEqual(await savedVideos(folder), []);
			const notMade = await list('not-created');
			const toLookAt = await list('to-check');
			assert.deepEqual(
				rowsOf(notMade).map((row) => row.split(',')[0]),
				['dear-04'],
			);
			assert.match(toLookAt, /^\ufeff?sku,prompt,video_id,error,message\r?\n/);
			assert.deepEqual(
				rowsOf(toLookAt)
					.map((row) => row.split(',')[0])
					.sort(),
				['failed-01', 'other-02', 'other-03'],
			);
			for (const title of [
				/Akool could not create video/,
				/Akool may have created this video: check before retrying/,
				/The file of video \w+ could not be downloaded/,
			]) {
				assert.equal(rowsOf(toLookAt).filter((row) => title.test(row)).length, 1, `${title} in ${toLookAt}`);
			}
			assert.equal(sandbox.jobs.length, 3);
			const known = sandbox.jobs.filter(({ _id }) => rowsOf(toLookAt).some((row) => row.includes(`,${_id},`)));
			assert.equal(known.length, 2, 'the column video_id has those that are known');

			sandbox.clearFaults();
			await upload(toLookAt, 65);
			assert.equal(sandbox.jobs.length, 3, 'uploaded by mistake, it spends nothing');
		});
	},
);

scenario(
	'Example: a slow video does not delay the rest of a product sheet, and is saved when it finishes',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 1 });
		const prompts = { 'slow-01': 'Turn slowly [sandbox: seconds=30]', 'quick-02': 'Turn', 'quick-03': 'Turn back' };
		const soon = (workflow: Workflow) => {
			setWaitTimeout(workflow, 'Create the Videos', 0.15);
			setWaitTimeout(workflow, 'Wait Longer', 0.1);
		};
		const work = async ({ folder, upload, last }: ProductForm) => {
			await upload(productSheet(akool.imageUrl, prompts), 100);
			assert.deepEqual(await readdir(folder).then((files) => files.sort()), [
				'quick-02.mp4',
				'quick-03.mp4',
				'slow-01.mp4',
			]);
			for (const file of await savedVideos(folder)) await checkMp4(join(folder, file));
			const saved = runsOf(await last(), 'Save the Videos').map((items) =>
				items.map(({ fileName }) => String(fileName).slice(folder.length + 1)),
			);
			assert.deepEqual(saved, [['quick-02.mp4', 'quick-03.mp4'], ['slow-01.mp4']]);
			assert.ok(runsOf(await last(), 'Wait Longer').length > 1, 'it is asked for again');
			assert.equal(akool.sandbox.jobs.length, 3);
		};
		await withProductForm(context, akool, work, soon);
	},
);

scenario('Example: a slow video that finally fails is listed with its product sheet row', async (context) => {
	const akool = await context.akool({ jobSeconds: 1 });
	const prompts = { 'slow-01': 'Turn slowly [sandbox: seconds=15, fail]', 'quick-02': 'Turn' };
	const work = async ({ folder, upload, list }: ProductForm) => {
		await upload(productSheet(akool.imageUrl, prompts), 100);
		assert.deepEqual(await savedVideos(folder), ['quick-02.mp4']);
		const [row, ...others] = rowsOf(await list('to-check'));
		assert.deepEqual(others, []);
		assert.match(row ?? '', new RegExp(`^slow-01,.*,${akool.sandbox.jobs[0]?._id},Akool could not create video`));
	};
	await withProductForm(context, akool, work, (workflow) => setWaitTimeout(workflow, 'Create the Videos', 0.1));
});

scenario('Example: every finished video is saved to disk, and to S3 if that is switched on', async (context) => {
	const { client } = context;
	const akool = await context.akool({ jobSeconds: 1 });
	const folder = await ownFolder(context);
	const store = await startObjectStore();
	try {
		const s3 = await client.createCredential({ name: `S3 ${folder}`, type: 's3', data: store.account });
		const workflow = await readExample('save-every-finished-video', {
			credentials: [akool.credential, s3],
			imageUrl: akool.imageUrl,
			folder,
		});
		const { parameters, disabled } = nodeOf(workflow, 'Save to S3 Instead');
		assert.equal(disabled, true);
		nodeOf(workflow, 'Save to S3 Instead').disabled = false;
		const webhookurl = `${context.environment.url}/webhook/${nodeOf(workflow, 'When a Video Is Finished').webhookId}/webhook`;
		await whilePublished(context, workflow, async (id) => {
			const made = [
				await createAtAkool(akool.sandbox, { webhookurl }),
				await createAtAkool(akool.sandbox, { webhookurl }),
			];
			await executionsOf(context, id, made.length);
			assert.deepEqual((await readdir(folder)).sort(), made.map((video) => `${video}.mp4`).sort());
			for (const video of made) {
				await checkMp4(join(folder, `${video}.mp4`));
				const stored = store.objects.get(`${parameters.bucketName}/${video}.mp4`);
				assert.ok(stored?.file.equals(await readFile(join(folder, `${video}.mp4`))), 'the bucket has the same file');
				assert.equal(stored?.contentType, 'video/mp4');
			}
		});
	} finally {
		await store.close();
	}
});

/**
 * What the page of the comparison shows.
 * @returns `shown`: the IDs of its videos
 */
async function comparisonIn(folder: string): Promise<{ page: string; shown: string[] }> {
	const page = await readFile(join(folder, 'comparison.html'), 'utf8');
	const shown = [...page.matchAll(/<video src="(\w+)\.mp4"/g)].map(([, id = '']) => id);
	for (const id of shown) await checkMp4(join(folder, `${id}.mp4`));
	return { page, shown };
}

scenario('Example: three models are compared on a page that plays their videos', async (context) => {
	const { akool, folder, execution } = await runExample(context, 'three-models-compared');
	const { jobs } = akool.sandbox;
	assert.deepEqual([...itemsOf(execution, 'Not Created'), ...itemsOf(execution, 'Not Shown')], []);
	assert.equal(new Set(jobs.map(({ body }) => body.model_name)).size, 3);
	const { page, shown } = await comparisonIn(folder);
	assert.deepEqual(
		shown,
		jobs.map(({ _id }) => _id),
	);
	for (const { body, deduction_credit } of jobs)
		assert.ok(page.includes(`<b>${body.model_name}</b><br>${deduction_credit} credits`), page);
});

scenario(
	'Example: a model that the Akool plan does not include is named, and the others are compared',
	async (context) => {
		const { akool, folder, execution } = await runExample(context, 'three-models-compared', {
			akool: { subscribed: false },
		});
		const { shown } = await comparisonIn(folder);
		assert.deepEqual(
			shown,
			akool.sandbox.jobs.map(({ _id }) => _id),
		);
		assert.equal(shown.length, 2);
		assert.match(JSON.stringify(itemsOf(execution, 'Not Created')), /subscribers only/);
	},
);

scenario(
	'Example: a slow model does not delay the comparison, and appears on the page when it finishes',
	async (context) => {
		const { akool, folder, execution } = await runExample(context, 'three-models-compared', {
			change: (workflow) => {
				nodeOf(workflow, 'Model 2').parameters.prompt = 'Turn slowly [sandbox: seconds=30]';
				setWaitTimeout(workflow, 'Wait for the Videos', 0.15);
			},
		});
		const [first, slow, third] = akool.sandbox.jobs.map(({ _id }) => _id);
		assert.deepEqual(
			runsOf(execution, 'Save the Videos').map((items) => items.map(({ _id }) => _id)),
			[[first, third], [slow]],
		);
		const { shown } = await comparisonIn(folder);
		assert.deepEqual(shown, [first, third, slow]);
	},
);

scenario(
	'Example: a failed video of the comparison is named with its ID, and the others are compared',
	async (context) => {
		const { akool, folder, execution } = await runExample(context, 'three-models-compared', {
			change: (workflow) => {
				nodeOf(workflow, 'Model 1').parameters.prompt = 'Turn [sandbox: fail]';
			},
		});
		const [failed, ...others] = akool.sandbox.jobs.map(({ _id }) => _id);
		assert.match(JSON.stringify(itemsOf(execution, 'Not Shown')), new RegExp(`could not create video ${failed}`));
		assert.deepEqual((await comparisonIn(folder)).shown, others);
	},
);

scenario('Example: an agent creates a video from a chat message and answers with the link', async (context) => {
	const { client } = context;
	const akool = await context.akool({ jobSeconds: 1 });
	const model = await startLanguageModel(({ messages, tools }) => {
		const heard = messages.at(-1);
		if (heard?.role === 'tool') return say(`Here it is: ${/"video_url":"([^"]+)"/.exec(heard.content ?? '')?.[1]}`);
		const [address, prompt] = /(https?:\S+?)\. (.+)$/s.exec(heard?.content ?? '')?.slice(1) ?? [];
		return callTool(tools?.[0]?.function.name ?? '', { Image_URL: address, Prompt: prompt });
	});
	try {
		const key = await client.createCredential({
			name: `Model ${model.url}`,
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url, header: false },
		});
		const workflow = await readExample('agent-that-makes-videos', {
			credentials: [akool.credential, key],
			imageUrl: akool.imageUrl,
			folder: '',
		});
		const { id } = await client.createWorkflow(workflow);
		const said = {
			sessionId: id,
			action: 'sendMessage',
			chatInput: `Make a video of ${akool.imageUrl}. The bottle turns slowly.`,
		};
		const execution = await runFrom(context, id, 'Chat', said);
		const [job] = akool.sandbox.jobs;
		assert.equal(akool.sandbox.jobs.length, 1);
		assert.deepEqual([job?.body.image_url, job?.body.prompt], [akool.imageUrl, 'The bottle turns slowly.']);
		assert.equal(itemsOf(execution, 'Video Agent')[0]?.json.output, `Here it is: ${job?.video_url}`);
		assert.equal(
			model.questions[0]?.tools?.[0]?.function.description,
			nodeOf(workflow, 'Create a Video').parameters.toolDescription,
		);
		assert.equal(akool.sandbox.countRequests('credits'), 1, 'the balance is read first');
	} finally {
		await model.close();
	}
});

scenario('Example: a video that expires within a day is saved once, and expired ones are listed', async (context) => {
	let behindMs = 0;
	// Nothing may end while its clock is behind: a call that was encrypted then would be days old.
	const akool = await context.akool({ queueSeconds: Infinity, jobSeconds: Infinity, now: () => Date.now() - behindMs });
	const folder = await ownFolder(context);
	const workflow = await readExample('expiring-videos-saved', {
		credentials: [akool.credential],
		imageUrl: akool.imageUrl,
		folder,
	});
	const webhookurl = `${context.environment.url}/webhook/${nodeOf(workflow, 'When a Video Is Finished').webhookId}/webhook`;
	/** A video that Akool keeps for so long from now. */
	const videoThatEndsIn = async (ms: number) => {
		behindMs = 7 * DAY_MS - ms;
		const id = await createAtAkool(akool.sandbox, { webhookurl });
		behindMs = 0;
		return id;
	};
	await whilePublished(context, workflow, async (id) => {
		const late = await videoThatEndsIn(12 * HOUR_MS);
		const gone = await videoThatEndsIn(6 * HOUR_MS);
		await videoThatEndsIn(3 * DAY_MS);
		akool.sandbox.finishAll();
		await executionsOf(context, id, 3);
		await deleteAtAkool(akool.sandbox, gone);
		const first = await runFrom(context, id, 'Every Six Hours');
		assert.deepEqual(videoIds(first, 'Fetch the Video'), [late]);
		assert.deepEqual(await readdir(folder), [`${late}.mp4`]);
		await checkMp4(join(folder, `${late}.mp4`));
		assert.match(JSON.stringify(itemsOf(first, 'Your E-Mail Node')), new RegExp(gone));
		const second = await runFrom(context, id, 'Every Six Hours');
		assert.deepEqual(
			itemsOf(second, 'Expires Within a Day').map(({ json }) => json.video_id),
			[gone],
		);
	});
});

scenario('Example: a schedule orders each product only once, also on the next day', async (context) => {
	const akool = await context.akool({ jobSeconds: 1 });
	const folder = await ownFolder(context);
	const workflow = await readExample('each-product-once', {
		credentials: [akool.credential],
		imageUrl: akool.imageUrl,
		folder,
	});
	const { id } = await context.client.createWorkflow(workflow);
	await runFrom(context, id, 'Every Morning');
	assert.deepEqual(await savedVideos(folder), ['SAMPLE-1.mp4', 'SAMPLE-2.mp4']);
	const second = await runFrom(context, id, 'Every Morning');
	assert.deepEqual(itemsOf(second, 'Create the Video'), []);
	assert.equal(akool.sandbox.jobs.length, 2, 'nothing was ordered again');
});

scenario(
	'Example: rows of a Google Sheet become videos in Google Drive, each marked before it is ordered',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 1 });
		const row = (number: number, more: IDataObject = {}) => ({
			json: {
				row_number: number,
				sku: `BOTTLE-${number}`,
				image_url: akool.imageUrl,
				prompt: `The bottle turns, number ${number}`,
				status: '',
				...more,
			},
		});
		const workflow = await readExample('google-sheet-to-drive', {
			credentials: [akool.credential],
			imageUrl: akool.imageUrl,
			folder: '',
		});
		// What Google would answer.
		workflow.pinData = {
			'Read the Sheet': [row(2), row(3), row(4, { status: 'saved' })],
			'Mark as Ordered': [row(2, { status: 'ordered' }), row(3, { status: 'ordered' })],
			'Save to Google Drive': [{ json: { name: 'BOTTLE-2.mp4' } }, { json: { name: 'BOTTLE-3.mp4' } }],
			'Write the Result': [{ json: { status: 'saved' } }, { json: { status: 'saved' } }],
		};
		const { id } = await context.client.createWorkflow(workflow);
		const execution = await runFrom(context, id, 'Every Morning');
		assert.deepEqual(akool.sandbox.jobs.map(({ body }) => body.prompt).sort(), [
			'The bottle turns, number 2',
			'The bottle turns, number 3',
		]);
		const created = itemsOf(execution, 'Create the Videos');
		assert.deepEqual(
			created.map(({ binary }) => binary?.data?.mimeType),
			['video/mp4', 'video/mp4'],
		);
		assert.equal(itemsOf(execution, 'Write the Result').length, 2);
	},
);

/** Sends the form of the photo example, as a visitor does in a browser, and gives the page that it ends on to `see`. */
async function withPhotoForm(
	context: ScenarioContext,
	akool: Akool,
	see: (page: Page, id: string) => Promise<void>,
	change: (workflow: Workflow) => void = () => undefined,
) {
	const workflow = await readExample('photo-form-to-video', {
		credentials: [akool.credential],
		imageUrl: akool.imageUrl,
		folder: '',
	});
	change(workflow);
	const form = `${context.environment.url}/form/${nodeOf(workflow, 'Upload a Photo').webhookId}`;
	const { context: browser, close } = await openBrowser();
	try {
		await whilePublished(context, workflow, async (id) => {
			const page = await browser.newPage();
			await page.goto(form);
			await page.locator('input[type=file]').setInputFiles(join(EXAMPLES_FOLDER, 'product.jpg'));
			await page.locator('textarea').fill('The bottle turns slowly');
			await page.locator('button[type=submit]').click();
			await see(page, id);
		});
	} finally {
		await close();
	}
}

scenario(
	'Example: a person who uploads a photo in the form sees the video on the last page',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 1 });
		await withPhotoForm(context, akool, async (page) => {
			await page.locator('video').waitFor({ timeout: LONGEST_WAIT_MS });
			await page.waitForFunction('document.querySelector("video").currentTime > 0.1');
			const [job] = akool.sandbox.jobs;
			assert.equal(job?.body.prompt, 'The bottle turns slowly');
			assert.match(String(job?.body.image_url), /binary-data\/signed/);
			assert.equal(await page.locator('video').getAttribute('src'), job?.video_url);
			assert.match(await page.locator('body').innerText(), /The link expires on \d+ [A-Z][a-z]+ \d{4}\./);
		});
	},
	{ group: 'alone' },
);

scenario(
	'Example: the last page of the photo form says if the video is late or could not be created',
	async (context) => {
		const slow = await context.akool({ jobSeconds: Infinity });
		const late = async (page: Page) => {
			const text = page.getByText('Your video is not finished yet');
			await text.waitFor({ timeout: LONGEST_WAIT_MS });
			const [job] = slow.sandbox.jobs;
			assert.match(await page.locator('body').innerText(), new RegExp(`the video ${job?._id}\\.`));
		};
		await withPhotoForm(context, slow, late, (workflow) => setWaitTimeout(workflow, 'Create the Video', 0));

		const failing = await context.akool({ jobSeconds: 1 });
		const none = async (page: Page) => {
			await page.getByText('There is no video').waitFor({ timeout: LONGEST_WAIT_MS });
			assert.doesNotMatch(await page.locator('body').innerText(), /undefined|null|expires/);
			assert.equal(failing.sandbox.jobs.length, 1);
		};
		await withPhotoForm(context, failing, none, (workflow) =>
			set(nodeOf(workflow, 'Create the Video'), 'parameters.prompt', 'Turn [sandbox: fail]'),
		);
	},
	{ group: 'alone' },
);
