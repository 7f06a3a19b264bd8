import { inEngine } from './in-engine.ts';
import { testReplies } from './replies.ts';

// That one of the four whose native side runs scripts in the page.
inEngine('webkit', (getEngine) => testReplies(getEngine, 'react-native'));
