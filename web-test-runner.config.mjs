// The runner reads no TypeScript, and all that there is to say is in it.
import {tsImport} from 'tsx/esm/api';

const {makeConfig} = await tsImport('./scripts/wtr/config.ts', import.meta.url);

export default await makeConfig();
