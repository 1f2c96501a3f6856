// Holds the examples in the trigger's fields against what works there. Rule: no item exists while a trigger reads its fields, so none uses one.
import { AkoolImageToVideoTrigger } from '../../nodes/AkoolImageToVideo/AkoolImageToVideoTrigger.node';

it('uses no item in the examples of the trigger’s fields', () => {
	const { properties } = new AkoolImageToVideoTrigger().description;
	const all = JSON.stringify(properties);
	expect(all).toContain('"placeholder":"e.g. ');
	expect(all).not.toMatch(/"placeholder":"[^"]*\$json/);
});
