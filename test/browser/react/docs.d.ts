// The components of docs/react.md, with what the tests use of their properties.

declare module '*?under=the-first-component-that-works' {
  export const Insights: import('react').FC<{ authToken(): Promise<string> }>;
}

declare module '*?under=a-user-s-bank-connections' {
  export const Banks: import('react').FC<{ accessToken(): Promise<string>; user: string }>;
}
