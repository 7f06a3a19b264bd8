/** Splits a list that is separated by white space. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/**
 * The names of fields that stay as they are. They are those of the two protocols and of the sandbox's answers. Any other name is
 * replaced, since it may be the number of an account.
 */
export const FIELD_NAMES: readonly string[] = words(`
  type protocolVersion clientVersion ctxId lang locale deviceType bankSessionId hints channel bankInfo autoGenerate widgetId
  requestString requestData requestId requestType requestChannel requestHeaders headers body data params payload
  ok status statusMessage error error_description code message
  id insightId instanceId teaserId useCaseId userId user_id accountId account_id query queryName queryParams servletName
  eventType eventId eventData eventDateTime eventInfo eventList eventMessage events checkInPastEvent value widgetType
  mode predefinedFile isPredefined projectConfiguration
  insights numberOfUnreadInsights numberOfInsights unread generated insight category title text amount currency date seen
  chart labels values label highlighted teaserTemplate teaserBlocks blockId blocks options active action actions actionId
  actionType navigateTarget apiName apiBody button buttons buttonType
  story storyId dialogs txt expressions facts messages
  rating feedback settings budgets budgetKey budgetKeyDisplayName budgetActivation isBudgeted budgetAmount
  budgetAvgMonthlySpending budgetRecommendedAmount updated
  subscriptions name cadence nextPayment
  accounts number balance institutionId institutionName institutionLoginId institutions country colour logins onboardedAt
  refreshedAt connectUrl deleted texts assets intro search noResults consent connect pending connected unlink unlinkConfirm
  accent iconPath
  event_type event_status resource_type creation_date channel_definition_id resource provider_id channels expires
  last_success_date last_end_date credentials account_types eligible_accounts channel_definition_unavailable auto_sync
  consent_per_account constraints logo_url provider_logo_url owner connections connection_id account_number iban usage
  balance_date last_channel_definition_id
`);

/** In unix seconds, in the answers of the queue. */
export const TIME_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'creation_date',
  'expires',
  'last_success_date',
  'last_end_date',
]);
