// `npm run sample`: writes reports/sample/ anew. It needs neither a fleet nor the network.
import { mkdirSync, writeFileSync } from 'node:fs';
import { sampleFiles, sampleFolder } from './sample.ts';

mkdirSync(sampleFolder, { recursive: true });
for (const [name, text] of Object.entries(sampleFiles())) {
  writeFileSync(new URL(name, sampleFolder), text);
  console.log(`reports/sample/${name}: ${text.length} characters`);
}
