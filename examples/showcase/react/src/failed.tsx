import { Component, type ReactNode } from 'react';

/** In place of a page that could not be put together. */
export class Failed extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (!('error' in this.state)) return this.props.children;
    return (
      <p className="widget-absent" role="alert">
        The widget could not be started. Please load the page again.
      </p>
    );
  }
}
