/** The content of a file, as Vite loads it. */
declare module '*?raw' {
  const text: string;
  export default text;
}
