import 'bankside/personetics';

/** Stands for the vendor's script: each start asks once, shows the reply in the element, and asks the page to navigate. */
let count = 0;
let show: (reply: unknown) => void = () => {};

const personetics = {
  handlePServerResponse(reply: unknown, requestId: unknown) {
    show([reply, requestId]);
  },
  startWidget({ pDelegate, el }: { pDelegate: Record<string, (...args: unknown[]) => void>; el: string }) {
    count += 1;
    const element = document.querySelector(el)!;
    show = (reply) => {
      element.textContent = JSON.stringify(reply);
    };
    pDelegate['sendRequestToPServer']!(null, { type: 'getNumberOfInsights' }, String(count));
    pDelegate['navigateToPage']!({ page: 'budgets' });
  },
};

Object.assign(window, { personetics });
