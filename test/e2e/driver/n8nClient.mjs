// Owns the one object through which demo and tests drive an n8n. Rule: what the parts can do is written in the parts.
import { nodeCalls } from './n8nNodes.mjs';
import { openSession } from './n8nSession.mjs';
import { workflowCalls } from './n8nWorkflows.mjs';

/** @param {{ url: string, install: import('./n8nProcess.mjs').N8nInstall }} n8n */
export function createN8nClient({ url, install }) {
	const session = openSession(url);
	return { ...session, ...nodeCalls(session.request), ...workflowCalls(session.request, install.requireFromN8n) };
}

/** @typedef {ReturnType<typeof createN8nClient>} N8nClient */
