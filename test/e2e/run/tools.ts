// The node as a tool, and a workflow with the node in it as a tool. Rule: whoever calls it (an agent, an MCP server) gets the very same tool.
import { CREDENTIAL_TYPE, NODE_TYPE } from '../driver/environment';
import { AKOOL, akoolNode, chain, node } from './workflows';
import type { Akool, ScenarioContext } from './scenarioContext';

export const TOOL = 'Create a Video';
/** What a caller says to the tool, unless a scenario has other words. */
export const SAID_PROMPT = 'A slow turn to the left';
const FROM_AI =
	"={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Prompt', `How the image should move`, 'string') }}";

/**
 * The node as a tool.
 * @param more how the tool stands in the workflow
 */
export const akoolTool = ({ credential, imageUrl }: Akool, parameters: object, more?: object) =>
	node(
		TOOL,
		`${NODE_TYPE}Tool`,
		1,
		{ imageUrl, prompt: FROM_AI, ...parameters },
		{ credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } }, ...more },
	);

/** A published workflow with the node in it, and the tool that calls it. */
export async function workflowTool(context: ScenarioContext, { credential, imageUrl }: Akool, options: object) {
	const sub = await context.client.createWorkflow(
		chain('Makes a video', [
			node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
			akoolNode(AKOOL, { imageUrl, prompt: SAID_PROMPT, options }, credential),
		]),
	);
	await context.client.activateWorkflow(sub.id);
	context.atClose(async () => void (await context.client.deactivateWorkflow(sub.id)));
	const tool = node(TOOL, '@n8n/n8n-nodes-langchain.toolWorkflow', 2.2, {
		description: 'Makes a video',
		source: 'database',
		workflowId: { __rl: true, mode: 'id', value: sub.id },
		workflowInputs: { mappingMode: 'defineBelow', value: null, schema: [] },
	});
	return { sub, tool };
}
