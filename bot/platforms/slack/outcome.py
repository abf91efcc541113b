"""What Slack's answer means for a delivery: posted, later, gone, never, or nobody can tell."""

from __future__ import annotations

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.news.text.words import word_set
from bot.outbox.sink import Gone, Later, Outcome, Refused, Unsure

UNREACHABLE = 15.0  # seconds until the next try when no connection was made at all
LONGEST_WAIT = 3_600.0

TOKEN = {
    "invalid_auth": "the bot token is wrong",
    "not_authed": "the bot token is missing",
    "token_revoked": "the bot token was revoked",
    "token_expired": "the bot token has expired",
    "account_inactive": "the app was removed from the workspace",
    "not_allowed_token_type": "this is not a bot token",
    "access_denied": "the workspace denies access",
    "team_access_not_granted": "the workspace denies access",
    "org_login_required": "the workspace is being moved into an organisation",
    "ekm_access_denied": "administrators have suspended posting",
    "two_factor_setup_required": "the workspace wants two-factor authentication",
    "enterprise_is_restricted": "the organisation does not let the app in",
}
CHANNEL = {
    "channel_not_found": "there is no such channel, or it is private and the bot was not invited",
    "not_in_channel": "the bot is not in the channel: type /invite @borderwire there",
    "is_archived": "the channel is archived",
    "restricted_action": "the workspace lets only some people post there",
    "restricted_action_read_only_channel": "the channel is read-only",
    "restricted_action_thread_only_channel": "the channel takes only threads",
    "restricted_action_non_threadable_channel": "the channel takes no threads",
    "restricted_action_thread_locked": "the thread is locked",
    "messages_tab_disabled": "the app takes no direct messages",
    "cannot_dm_bot": "a bot takes no direct messages",
    "user_disabled": "this account is switched off",
    "user_not_found": "there is no such account, or Slack does not show it to me",
    "user_not_visible": "Slack does not show me this account",
    "team_not_found": "the channel's workspace is gone",
    "missing_scope": "the app lacks a permission: install it again from the manifest",
    "no_permission": "the app may not post there",
}
MESSAGE = dict.fromkeys(("message_not_found", "thread_not_found"), "the message was deleted")
PAYLOAD = word_set(
    "as_user_not_supported attachment_payload_limit_exceeded block_mismatch cannot_reply_to_message "
    "deprecated_endpoint invalid_arg_name invalid_arguments invalid_array_arg invalid_blocks invalid_blocks_format "
    "invalid_charset invalid_form_data invalid_json invalid_metadata_format invalid_metadata_schema invalid_post_type "
    "json_not_object markdown_text_conflict metadata_must_be_sent_from_app metadata_too_large method_deprecated "
    "missing_post_type msg_blocks_too_long msg_too_long no_text too_many_attachments too_many_contact_cards "
)
WAIT = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"})
UNEDITABLE = frozenset({"edit_window_closed", "cant_update_message"})


def code_of(error: BaseException) -> str:
    """Slack's word for an error, "" where there is none."""
    data = data_of(error)
    return str(data.get("error", "")) if isinstance(error, SlackApiError) else ""


def data_of(error: BaseException) -> dict[str, Any]:
    data = getattr(getattr(error, "response", None), "data", None)
    return data if isinstance(data, dict) else {}


def meaning(error: Exception) -> Outcome:
    """Definite refusals are told apart from what may have been accepted; no address or token gets into a reason."""
    if isinstance(error, (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError)):
        return Later(UNREACHABLE, "Slack cannot be reached")
    if not isinstance(error, SlackApiError):
        return Unsure(f"Slack did not answer: {type(error).__name__}")
    code = code_of(error)
    status = getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0)
    if status == 429 or code in WAIT:
        return Later(retry_after(error), "Slack asks to wait")
    if code in TOKEN:
        return Gone(f"Slack: {code}: {TOKEN[code]}", "all")
    if code in CHANNEL:
        needed = data_of(error).get("needed")
        return Gone(f"Slack: {code}: {CHANNEL[code]}{f' ({needed})' if needed else ''}", "channel")
    if code in MESSAGE:
        return Gone(f"Slack: {code}: {MESSAGE[code]}", "message")
    if code in PAYLOAD:
        details = "; ".join(map(str, (data_of(error).get("response_metadata") or {}).get("messages") or ()))
        return Refused(f"Slack: {code}{f': {details[:300]}' if details else ''}")
    return Unsure(f"Slack: {code or f'HTTP {status}'}")


def retry_after(error: SlackApiError) -> float:
    """Seconds that Slack asks to wait, at least one and at most an hour.

    >>> from types import SimpleNamespace as Answer
    >>> [retry_after(SlackApiError("", Answer(headers={"Retry-After": text}))) for text in ("7", "soon", "99999")]
    [7.0, 30.0, 3600.0]
    """
    headers = getattr(error.response, "headers", None) or {}
    try:
        return min(max(float(headers.get("Retry-After", 30)), 1.0), LONGEST_WAIT)
    except ValueError:
        return 30.0
