// Holds the pages about fields against the nodes. Rule: each field that a form shows has a line, and no page names a field that no form shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { AkoolImageToVideoTrigger } from '../../nodes/AkoolImageToVideo/AkoolImageToVideoTrigger.node';

/** What stands above the fields of every node of n8n. */
const OF_EVERY_NODE = ['Operation', 'Options', 'Resource'];
const NOT_SHOWN = ['hidden', 'notice'];

const readPage = (name: string) => readFileSync(join(__dirname, '../../docs', name), 'utf8');

const isField = (entry: object): entry is INodeProperties => 'displayName' in entry && 'type' in entry;

/** The labels of a form, those among its options too. */
function labelsOf(properties: readonly INodeProperties[]): string[] {
	return properties.flatMap(({ displayName, type, options = [] }) => [
		...(NOT_SHOWN.includes(type) ? [] : [displayName]),
		...(type === 'collection' ? labelsOf(options.filter(isField)) : []),
	]);
}

/** The labels in the first column of a page's tables. */
const namedIn = (page: string) =>
	[...page.matchAll(/^\| (\*\*.*?) \|/gm)].flatMap(([, cell = '']) =>
		[...cell.matchAll(/\*\*(.+?)\*\*/g)].map(([, label = '']) => label),
	);

const unique = (labels: readonly string[]) => [...new Set(labels)].filter((label) => !OF_EVERY_NODE.includes(label));

const ACTION = unique(labelsOf(new AkoolImageToVideo().description.properties));
const TRIGGER = unique(labelsOf(new AkoolImageToVideoTrigger().description.properties));

it('docs/fields.md lists each field of the action node, and no other', () => {
	expect(unique(namedIn(readPage('fields.md'))).sort()).toEqual([...ACTION].sort());
});

it('docs/trigger.md lists each option of the trigger, and no other', () => {
	const [, options = ''] = /^## Options\n(.*?)^## /ms.exec(readPage('trigger.md')) ?? [];
	expect(unique(namedIn(options)).sort()).toEqual(TRIGGER.filter((label) => label !== 'Trigger On').sort());
});
