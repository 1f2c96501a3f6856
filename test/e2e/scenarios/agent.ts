// The node as the tool of an AI agent: n8n's own agent, n8n's own way to a tool, and a language model that says what it was told to say.
import assert from 'node:assert/strict';
import { callTool, say, startLanguageModel } from '../driver/languageModel';
import { errorOf, itemsOf } from '../driver/n8nWorkflows';
import { scenario } from '../run/scenario';
import { akoolTool, SAID_PROMPT, TOOL, workflowTool } from '../run/tools';
import { AFTER, START, node } from '../run/workflows';
import type { Message } from '../driver/languageModel';
import type { WorkflowNode } from '../driver/n8nWorkflows';
import type { Akool, ScenarioContext } from '../run/scenarioContext';

const AGENT = 'Agent';
const MODEL = 'Model';
/** What a model can be expected to read at a glance, and pays for with each further question. */
const SHORT_ANSWER_CHARACTERS = 600;

/** What the tool returned, as the model reads it. */
const toolSaid = (messages: readonly Message[]) =>
	messages
		.filter(({ role }) => role === 'tool')
		.map(({ content }) => content ?? '')
		.join('\n');

/** Agents from version 3 on have n8n's engine call their tools, older ones call them themselves. */
const AGENT_VERSION = 3.1;
const OLDER_AGENT_VERSION = 2.2;

/** An agent that is asked for a video, and calls the tool once with each prompt. */
async function askAgentWith(
	context: ScenarioContext,
	tool: WorkflowNode,
	{
		prompts = [SAID_PROMPT],
		agentVersion = AGENT_VERSION,
	}: { prompts?: readonly string[]; agentVersion?: number } = {},
) {
	const { client } = context;
	const model = await startLanguageModel(({ messages, tools }, before) => {
		const prompt = prompts[before];
		return prompt === undefined
			? say(`The tool said: ${toolSaid(messages)}`)
			: callTool(tools?.[0]?.function.name ?? '', { Prompt: prompt });
	});
	try {
		const key = await client.createCredential({
			name: `Model ${model.url}`,
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url, header: false },
		});
		const nodes = [
			node(START, 'n8n-nodes-base.manualTrigger', 1),
			node(AGENT, '@n8n/n8n-nodes-langchain.agent', agentVersion, {
				promptType: 'define',
				text: 'Make a video of the bottle',
				options: { maxIterations: 4 },
			}),
			node(AFTER, 'n8n-nodes-base.noOp', 1),
			node(
				MODEL,
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				1.2,
				{ model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
				{ credentials: { openAiApi: { id: key.id, name: key.name } } },
			),
			tool,
		];
		const wire = (to: string, type: string) => ({ [type]: [[{ node: to, type, index: 0 }]] });
		const connections = {
			[START]: wire(AGENT, 'main'),
			[AGENT]: wire(AFTER, 'main'),
			[MODEL]: wire(AGENT, 'ai_languageModel'),
			[TOOL]: wire(AGENT, 'ai_tool'),
		};
		const execution = await context.run({ name: 'Agent', settings: { executionOrder: 'v1' }, nodes, connections });
		return { execution, questions: model.questions, answer: String(itemsOf(execution, AFTER)[0]?.json.output) };
	} finally {
		await model.close();
	}
}

/**
 * An agent whose tool is the node.
 * @param parameters of the tool
 * @param more how the tool stands in the workflow
 */
async function askAgent(
	context: ScenarioContext,
	akool: Akool,
	parameters: object,
	more?: object,
	prompts?: readonly string[],
) {
	const tool = akoolTool(akool, parameters, more);
	return await askAgentWith(context, tool, prompts === undefined ? {} : { prompts });
}

/** An agent whose tool is a workflow of its own, with the node in it. */
async function askAgentWithWorkflow(
	context: ScenarioContext,
	akool: Akool,
	options: object,
	agentVersion: number = AGENT_VERSION,
) {
	const { sub, tool } = await workflowTool(context, akool, options);
	return { sub, ...(await askAgentWith(context, tool, { agentVersion })) };
}

scenario('An AI agent creates a video with the node as its tool and receives the ID and the link', async (context) => {
	const akool = await context.akool({ jobSeconds: 1 });
	const { sandbox } = akool;
	const { execution, questions, answer } = await askAgent(context, akool, { options: { pollInterval: 2 } });
	assert.equal(execution.status, 'success', errorOf(execution));
	const tool = questions[0]?.tools?.[0]?.function;
	assert.match(tool?.description ?? '', /video from image/i);
	assert.ok(JSON.stringify(tool?.parameters).includes('How the image should move'));
	const [job] = sandbox.jobs;
	assert.equal(sandbox.jobs.length, 1);
	assert.equal(job?.body.prompt, SAID_PROMPT);
	assert.match(String(job?.body.webhookurl), /\/akool\?.*order=/, 'the address proves whose order it is');
	assert.ok(answer.includes(String(job?._id)));
	assert.match(answer, /"video_url":"http.*"status_name":"completed".*"deduction_credit":\d.*"expires_at":"20/);
	assert.ok(answer.length < SHORT_ANSWER_CHARACTERS, `${answer.length} characters: ${answer}`);
	context.note(`the tool is described as “${tool?.description}”; its answer has ${answer.length} characters`);
});

scenario('An AI agent reads the tool’s error, corrects its input, and gets the video', async (context) => {
	const akool = await context.akool({ jobSeconds: 1 });
	const { execution, questions, answer } = await askAgent(
		context,
		akool,
		{ options: { pollInterval: 2 } },
		{ onError: 'continueRegularOutput' },
		['', SAID_PROMPT],
	);
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(questions.length, 3);
	const [, afterFault] = questions;
	assert.match(
		toolSaid(afterFault?.messages ?? []),
		/'Prompt' is empty.*Describe in a sentence how the image should move/s,
	);
	assert.equal(akool.sandbox.jobs.length, 1);
	assert.match(answer, /"status_name":"completed"/);
});

scenario('An AI agent is told why its tool cannot wait by callback, and no credits are spent', async (context) => {
	const akool = await context.akool({ jobSeconds: 1 });
	const { execution, answer } = await askAgent(
		context,
		akool,
		{ options: { waitMode: 'callback' } },
		{ onError: 'continueRegularOutput' },
	);
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.match(answer, /'Wait: Mode' cannot be Callback here.*tool of an AI agent/s);
	assert.equal(akool.sandbox.jobs.length, 0);
});

for (const agentVersion of [AGENT_VERSION, OLDER_AGENT_VERSION]) {
	scenario(
		`An AI agent (${agentVersion}) calls a workflow as its tool and receives the finished video`,
		async (context) => {
			const akool = await context.akool({ jobSeconds: 3 });
			const { execution, answer } = await askAgentWithWorkflow(context, akool, { pollInterval: 2 }, agentVersion);
			assert.equal(execution.status, 'success', errorOf(execution));
			assert.ok(answer.includes(String(akool.sandbox.jobs[0]?._id)));
			assert.match(answer, /"status_name": ?"completed"/);
			assert.equal(akool.sandbox.jobs.length, 1);
		},
	);
}

scenario(
	'A workflow used as an agent’s tool parks when n8n’s engine calls it, and the agent waits',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 3 });
		const { execution, answer } = await askAgentWithWorkflow(context, akool, { waitMode: 'callback' });
		if (!context.can.distinguishesTools) {
			assert.match(answer, /'Wait: Mode' cannot be Callback here/);
			assert.equal(akool.sandbox.jobs.length, 0);
			return;
		}
		assert.equal(execution.status, 'success', errorOf(execution));
		assert.match(answer, /"status_name": ?"completed"/);
		assert.equal(akool.sandbox.jobs.length, 1);
	},
);

scenario('An older AI agent is told why its workflow tool cannot wait by callback', async (context) => {
	const akool = await context.akool({ jobSeconds: 3 });
	const { answer } = await askAgentWithWorkflow(context, akool, { waitMode: 'callback' }, OLDER_AGENT_VERSION);
	assert.match(answer, /'Wait: Mode' cannot be Callback here/);
	assert.equal(akool.sandbox.jobs.length, 0);
});
