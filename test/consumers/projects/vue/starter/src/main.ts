import './vendor';
import { createApp } from 'vue';
import App from './App.vue';

const app = createApp(App);
app.mount('#app');
Object.assign(window, { unmount: () => app.unmount() });
