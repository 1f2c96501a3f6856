// The node behind n8n's MCP Server Trigger: as a tool of its own, and in a workflow that is a tool. Rule: the client gets finished videos or a reason, and
// nothing is spent where it would be answered before they are there.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { openMcpSession } from '../driver/mcpClient';
import { errorOf } from '../driver/n8nWorkflows';
import { scenario } from '../run/scenario';
import { akoolTool, SAID_PROMPT, TOOL, workflowTool } from '../run/tools';
import { chain, node } from '../run/workflows';
import type { WorkflowNode } from '../driver/n8nWorkflows';
import type { ScenarioContext } from '../run/scenarioContext';

/** Longer than the automatic mode polls before it parks. */
const JOB_SECONDS = 70;
const SERVER = 'MCP Server Trigger';

/** A published MCP server with this tool; gives a session with it. */
async function serveTool(context: ScenarioContext, tool: WorkflowNode) {
	const path = randomUUID();
	const trigger = node(SERVER, '@n8n/n8n-nodes-langchain.mcpTrigger', 2, { path }, { webhookId: path });
	const workflow = await context.client.createWorkflow({
		...chain('MCP server', [trigger]),
		nodes: [trigger, tool],
		connections: { [TOOL]: { ai_tool: [[{ node: SERVER, type: 'ai_tool', index: 0 }]] } },
	});
	await context.client.activateWorkflow(workflow.id);
	context.atClose(async () => void (await context.client.deactivateWorkflow(workflow.id)));
	return await openMcpSession(`${context.environment.url}/mcp/${path}`);
}

/** Calls the only tool of a server. */
async function callOnly(session: Awaited<ReturnType<typeof serveTool>>, args: object) {
	const tools = await session.listTools();
	assert.equal(tools.length, 1);
	const [tool] = tools;
	return { tool, result: await session.callTool(String(tool?.name), args) };
}

scenario(
	'An MCP client that calls the node as a tool receives a finished video, however long it takes',
	async (context) => {
		const akool = await context.akool({ jobSeconds: JOB_SECONDS });
		const session = await serveTool(context, akoolTool(akool, { options: {} }));
		const { tool, result } = await callOnly(session, { Prompt: SAID_PROMPT });
		assert.match(String(tool?.description), /video from image/i);
		assert.ok(JSON.stringify(tool?.inputSchema).includes('How the image should move'));
		const [job] = akool.sandbox.jobs;
		assert.equal(akool.sandbox.jobs.length, 1);
		assert.equal(job?.body.prompt, SAID_PROMPT);
		assert.equal(result.isError, false, result.text);
		assert.ok(result.text.includes(String(job?._id)), result.text);
		assert.match(result.text, /status_name\\*": ?\\*"completed/);
		assert.doesNotMatch(result.text, /timed_out/);
	},
	{ group: 'long' },
);

scenario(
	'An MCP client is told why the node as a tool cannot wait by callback, and nothing is spent',
	async (context) => {
		const akool = await context.akool();
		const session = await serveTool(context, akoolTool(akool, { options: { waitMode: 'callback' } }));
		const { result } = await callOnly(session, { Prompt: SAID_PROMPT });
		assert.match(result.text, /'Wait: Mode' cannot be Callback here/);
		context.note(`the client receives ${result.text.slice(0, 400)}`);
		assert.equal(akool.sandbox.jobs.length, 0);
	},
);

scenario(
	'An MCP client that calls a workflow as a tool receives a finished video, however long it takes',
	async (context) => {
		const akool = await context.akool({ jobSeconds: JOB_SECONDS });
		const { tool } = await workflowTool(context, akool, {});
		const session = await serveTool(context, tool);
		const { result } = await callOnly(session, { input: 'A video, please' });
		assert.equal(akool.sandbox.jobs.length, 1);
		assert.ok(result.text.includes(String(akool.sandbox.jobs[0]?._id)), result.text);
		assert.match(result.text, /status_name\\*": ?\\*"completed/);
		assert.doesNotMatch(result.text, /timed_out/);
	},
	{ group: 'long' },
);

scenario('A workflow that an MCP client calls as a tool refuses Callback before anything is spent', async (context) => {
	const akool = await context.akool();
	const { sub, tool } = await workflowTool(context, akool, { waitMode: 'callback' });
	const session = await serveTool(context, tool);
	const { result } = await callOnly(session, { input: 'A video, please' });
	assert.match(result.text, /'Wait: Mode' cannot be Callback here/);
	assert.equal(akool.sandbox.jobs.length, 0);
	const [below] = await context.client.listExecutions(sub.id);
	const execution = await context.started(sub.id, below?.id ?? '').ends();
	assert.match(
		errorOf(execution) ?? '',
		/such as an MCP server or an AI agent, may not wait for it.*Automatic or Polling/s,
	);
});
