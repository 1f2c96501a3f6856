// Asks an If node of an example where an item goes. Rule: it is n8n's own code that compares; only `{{ $json.field }}` is filled in here.
import { executeFilter, type FilterConditionValue, type FilterValue, type IDataObject } from 'n8n-workflow';
import { readExample } from './workflows';

type Operand = FilterConditionValue['leftValue'];

const isFilter = (value: unknown): value is FilterValue =>
	typeof value === 'object' && value !== null && 'conditions' in value && 'combinator' in value;

function resolved(value: Operand, json: IDataObject): Operand {
	if (typeof value !== 'string' || !value.startsWith('=')) return value;
	const text = value.slice(1);
	const [, alone] = /^\{\{ \$json\.(\w+) \}\}$/.exec(text) ?? [];
	if (alone === undefined) return text.replace(/\{\{ \$json\.(\w+) \}\}/g, (_, field) => String(json[field]));
	const found = json[alone];
	if (typeof found === 'object' && found !== null) throw new TypeError(`${alone} is not a single value`);
	return found;
}

/** @param name of the If node @param json of the item @returns whether it leaves on the output `true` */
export function isTrue(example: string, name: string, json: IDataObject): boolean {
	const node = readExample(example).nodes.find((candidate) => candidate.name === name);
	const filter = node?.parameters['conditions'];
	if (!isFilter(filter)) throw new Error(`${example} has no node ${name} with conditions`);
	const conditions = filter.conditions.map((condition) => ({
		...condition,
		leftValue: resolved(condition.leftValue, json),
	}));
	return executeFilter({ ...filter, conditions });
}
