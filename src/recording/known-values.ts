import { FIELD_NAMES, words } from './known-fields.ts';

/** Whether a value of a field may stay as it is. Numbers and booleans come as strings. */
export type Rule = (value: string) => boolean;

const COMMANDS = `getInsights getInboxInsights getNumberOfInsights generateInsights messageHistory getInsightDetails
  getInsightStory getInsightStoryDefinition getInsightStoryTexts getInsightStoryData getStoryQueryData getInsightRating
  updateInsightRating updateInsightFeedback sendEvents updateUserDataAssets getBudgetsCategories setBudgetSettings
  initPersonetics getUserSubscriptions getBankConfiguration getAccounts getFinancialInstitutions ConnectLite
  deleteAccountByInstituionLoginId deleteAccountByInstitutionLoginId refreshTime`;
const BLOCKS = `txt text date-box image textboxes buttons account-selector entity-selector tabs external-links line-chart
  bar-chart pinGraph-chart pie-chart pin-graph tranList calendar trivia counter entity-list filter static`;
const NOTICES = `sendRequestToPServer sendRequestToEnrichServer sendRequestToOBServer navigateToPage callPersoneticsAPI
  personeticsEvent sessionEnded sessionError widgetEvent`;
const EVENTS = `AUTH_FAILED TOKEN_EXPIRED PASSWORD_CHANGE_REQUIRED USER_ACTION_REQUIRED CHALLENGE_REQUIRED SYNC_ALL_STARTED
  LIST_ACCOUNTS SYNC_ALL_SUCCESS UPDATED`;
const STATUSES = `RUNNING SUCCESS PARTIAL_SUCCESS FAILED CLOSED NONE EMPTY UNKNOWN AUTH_FAILED TOKEN_EXPIRED
  PASSWORD_CHANGE_REQUIRED USER_ACTION_REQUIRED CHALLENGE_REQUIRED new unread read PENDING CONNECTED MANUAL ACTIVE ERROR
  NOT_FOUND SUSPENDED PENDING_CONSENT 600`;
const WIDGETS = `teaser-widget teaser-widget-carousel inbox-story-widget story-widget manage-budgets subscription-dashboard
  singleTeaser carousel hub inbox trackersDashboard recap actOnboarding actManagement`;
const DEVICES = 'web ios android RN RJS Angular Flutter';
const LANGUAGES = `ar bg ca cs cy da de el en es et eu fi fr ga gl he hr hu is it ja ko lb lt lv mt nb nl nn no pl pt rm ro ru
  sk sl sq sr sv tr uk zh`;
const TEMPLATES = `simpleText image imageAndBox imageAndText doubleBox doubleBox2 doubleBoxWithIcons entitySelector horizontalBar
  horizontalBarAndBox verticalBar verticalBarAndBox lineChart pie pinChart textAndButton transactionFeedback txList Calendar`;

const VERSION = /^\d{1,2}\.\d{1,2}$/;
const REGION = /^(..)[-_][A-Z]{2}$/;

/**
 * The fields whose values stay, each with the values that do. All lists are closed, and the forms leave no room for a secret:
 * what else stands in such a field is replaced.
 */
export function knownRules(): Map<string, Rule> {
  const version: Rule = (value) => VERSION.test(value);
  const languages = oneOf(LANGUAGES);
  const language: Rule = (value) => languages(REGION.test(value) ? value.slice(0, 2) : value);
  const status = oneOf(STATUSES);
  return new Map<string, Rule>([
    ['type', oneOf(`${COMMANDS} ${BLOCKS} CHECKINGS SAVINGS`)],
    ['requestType', oneOf(COMMANDS)],
    ['requestString', oneOf(`${COMMANDS} ${NOTICES}`)],
    ['apiName', oneOf(COMMANDS)],
    ['servletName', oneOf('/story/')],
    ['protocolVersion', version],
    ['clientVersion', version],
    ['ctxId', oneOf('dashboard sampleTopRelevant sampleNew agent')],
    ['lang', language],
    ['locale', language],
    ['deviceType', oneOf(DEVICES)],
    ['channel', oneOf(`${DEVICES} mobile`)],
    ['requestChannel', oneOf(`${DEVICES} mobile`)],
    ['widgetType', oneOf(WIDGETS)],
    ['eventType', oneOf('teaserClick inboxWidgetStarted refreshInsights reporting')],
    ['ok', oneOf('true false 1 0')],
    ['status', (value) => status(value) || (value === `${Number(value)}` && isHttpStatus(Number(value)))],
    ['statusMessage', oneOf('Success')],
    ['cadence', oneOf('monthly yearly')],
    ['currency', oneOf('EUR USD GBP CHF SEK NOK DKK PLN CZK HUF RON CAD AUD')],
    ['category', oneOf('spending saving cashflow subscriptions')],
    ['teaserTemplate', oneOf(TEMPLATES)],
    ['blockId', oneOf('date title teaser-text buttons')],
    ['buttonType', oneOf('navigateTo')],
    ['actionType', oneOf('externalNavigation externalNavigationUrl openStory callPersoneticsAPI')],
    ['navigateTarget', oneOf('manageBudget subscriptions')],
    ['active', oneOf('true false')],
    // The name of a field, by which the widget finds the text.
    ['txt', oneOf(FIELD_NAMES.join(' '))],
    ['event_type', oneOf(EVENTS)],
    ['event_status', oneOf(EVENTS)],
    ['resource_type', oneOf('CONNECTION CONNECTIONS')],
    ['mode', oneOf('EMBEDDED REDIRECT')],
    ['usage', oneOf('PERSONAL')],
    ['account_types', oneOf('CHECKINGS SAVINGS')],
    ['eligible_accounts', oneOf('true false')],
    ['channel_definition_unavailable', oneOf('true false')],
  ]);
}

/** The names of fields that stay. In a story, texts are also stored by language. */
export function knownNames(): Set<string> {
  return new Set([...FIELD_NAMES, ...words(LANGUAGES)]);
}

/** Whether a number is the status of an HTTP answer, or 0 for a redirect that a browser hid. */
export function isHttpStatus(status: unknown): status is number {
  return (
    Number.isInteger(status) && (status === 0 || ((status as number) >= 100 && (status as number) < 600))
  );
}

function oneOf(text: string): Rule {
  const known = new Set(words(text));
  return (value) => known.has(value);
}
