// A client of an MCP server, as far as scenarios need one: it lists tools and calls them by JSON-RPC over streamable HTTP. Rule: each answer is waited for
// however long it takes.
import axios from 'axios';
import { isRecord } from '../../sandbox/values';

const PROTOCOL_VERSION = '2025-03-26';
const EVENT_DATA = /^data: (.*)$/gm;

export interface McpTool {
	name: string;
	description: string;
	inputSchema: object;
}

export interface McpResult {
	/** What the tool said, as text. */
	text: string;
	isError: boolean;
}

/** The JSON-RPC message in an answer, which may be a stream of events. */
function messageIn(body: string): unknown {
	const events = [...body.matchAll(EVENT_DATA)].map(([, data]) => data ?? '');
	return JSON.parse(events.at(-1) ?? body);
}

/** Opens a session with the MCP server at this address. @throws {Error} in the server's words where it refuses */
export async function openMcpSession(url: string) {
	let sessionId: string | undefined;
	let lastId = 0;

	const send = async (message: object) => {
		const answer = await axios.post<string>(
			url,
			{ jsonrpc: '2.0', ...message },
			{
				proxy: false,
				responseType: 'text',
				headers: {
					accept: 'application/json, text/event-stream',
					...(sessionId !== undefined && { 'mcp-session-id': sessionId }),
				},
			},
		);
		const named: unknown = answer.headers['mcp-session-id'];
		if (typeof named === 'string') sessionId = named;
		return answer.data;
	};

	const ask = async (method: string, params: object): Promise<Record<string, unknown>> => {
		const answer = messageIn(await send({ id: ++lastId, method, params }));
		if (!isRecord(answer) || !isRecord(answer['result'])) throw new Error(`${method}: ${JSON.stringify(answer)}`);
		return answer['result'];
	};

	await ask('initialize', {
		protocolVersion: PROTOCOL_VERSION,
		capabilities: {},
		clientInfo: { name: 'scenario', version: '1' },
	});
	await send({ method: 'notifications/initialized' });

	return {
		async listTools(): Promise<McpTool[]> {
			const { tools } = await ask('tools/list', {});
			if (!Array.isArray(tools)) throw new Error('The MCP server lists no tools.');
			return tools;
		},
		async callTool(name: string, args: object): Promise<McpResult> {
			const { content, isError } = await ask('tools/call', { name, arguments: args });
			return { text: JSON.stringify(content), isError: isError === true };
		},
	};
}
