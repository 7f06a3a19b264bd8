import type { WidgetBridge } from 'bankside';
import { type ReactNode, useEffect, useState } from 'react';
import { followUnread } from '../../shared/unread.js';

export function Header({ bridge }: { bridge: WidgetBridge | undefined }): ReactNode {
  const [unread, setUnread] = useState(0);
  useEffect(() => bridge && followUnread(bridge, setUnread), [bridge]);
  return (
    <header className="bank-header">
      <div className="bank-header-inner">
        <a className="brand" href="./">
          <svg className="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M8 21.5h16M16 9.5v12M8 17.5a8 8 0 0 1 16 0" />
          </svg>
          <span>Elsewhere Bank</span>
        </a>
        <nav className="bank-nav" aria-label="Bank">
          <a href="#main" aria-current="page">
            Overview
          </a>
          <a href="#accounts">Accounts</a>
          <a href="#widget">Insights</a>
          <a href="#transactions">Activity</a>
        </nav>
        <a className="unread" href="#widget" hidden={unread === 0}>
          <span className="unread-count" id="unread-count">
            {unread}
          </span>{' '}
          new<span className="visually-hidden"> insights</span>
        </a>
        <span className="customer">
          <span className="visually-hidden">Signed in</span>
          <svg aria-hidden="true" viewBox="0 0 24 24" width="20" height="20">
            <circle cx="12" cy="8.5" r="4" fill="currentColor" />
            <path d="M4 20.5c0-4 3.6-6.5 8-6.5s8 2.5 8 6.5z" fill="currentColor" />
          </svg>
        </span>
      </div>
    </header>
  );
}
