// Stands for the vendor's script, and notes what the policy forbids.
window.violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
  window.violations.push(violatedDirective);
});
window.personetics = {
  initialize({ eventsDelegate }) {
    this.eventsDelegate = eventsDelegate;
  },
  startWidget({ el }) {
    this.element = document.querySelector(el);
    this.eventsDelegate.sendRequestToPServer({ type: 'getNumberOfInsights' }, '1');
  },
  handlePServerResponse(response, requestId) {
    this.element.textContent = JSON.stringify([response, requestId]);
  },
};
