// Asks an If node of an example where an item goes. Rule: it is n8n's own code that compares; only `{{ $json.field }}` is filled in here.
'use strict';

const { executeFilter } = require('n8n-workflow');
const { readExample } = require('./workflows');

/** @param {unknown} value @param {Record<string, unknown>} json */
function resolved(value, json) {
	if (typeof value !== 'string' || !value.startsWith('=')) return value;
	const text = value.slice(1);
	const [, alone] = /^\{\{ \$json\.(\w+) \}\}$/.exec(text) ?? [];
	if (alone !== undefined) return json[alone];
	return text.replace(/\{\{ \$json\.(\w+) \}\}/g, (_, field) => String(json[field]));
}

/** @param {string} example @param {string} name of the If node @param {Record<string, unknown>} json of the item @returns {boolean} whether it leaves on the output `true` */
function isTrue(example, name, json) {
	const node = readExample(example).nodes.find((candidate) => candidate.name === name);
	const filter = /** @type {import('n8n-workflow').FilterValue | undefined} */ (node?.parameters['conditions']);
	if (filter === undefined) throw new Error(`${example} has no node ${name} with conditions`);
	const conditions = filter.conditions.map((condition) => ({
		...condition,
		leftValue: /** @type {string} */ (resolved(condition.leftValue, json)),
	}));
	return executeFilter({ ...filter, conditions });
}

module.exports = { isTrue };
