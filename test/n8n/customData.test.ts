import { customDataOf, MAX_CUSTOM_DATA_KEYS } from '../../nodes/AkoolImageToVideo/n8n/customData';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';

const context = () => executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });

it('uses the custom data of the context, of which n8n keeps ten keys', () => {
	const store = customDataOf(context());
	for (let index = 0; index < MAX_CUSTOM_DATA_KEYS + 5; index++) store?.set(`key_${index}`, String(index));
	expect(Object.keys(store?.getAll() ?? {})).toHaveLength(MAX_CUSTOM_DATA_KEYS);
});

it('uses the custom data of the data proxy if the context has none, as on n8n 2.8', () => {
	const older = Object.defineProperty(context(), 'customData', { value: undefined });
	customDataOf(older)?.set('key', 'value');
	expect(older.getWorkflowDataProxy(0).$execution.customData.getAll()).toEqual({ key: 'value' });
});

it('finds no custom data if this n8n has none', () => {
	const without = Object.defineProperty(context(), 'customData', { value: undefined });
	jest.spyOn(without, 'getWorkflowDataProxy').mockReturnValue({ ...without.getWorkflowDataProxy(0), $execution: {} });
	expect(customDataOf(without)).toBeUndefined();
});
