"""Errors that stand at the top of an answer, each with a code from one closed list."""

from enum import Enum

from graphql import GraphQLError


class ErrorCode(Enum):
    """What ``extensions.code`` of a top-level error may be."""

    UNAUTHENTICATED = "unauthenticated"
    BAD_REQUEST = "bad_request"
    BODY_TOO_LARGE = "body_too_large"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    NOT_ACCEPTABLE = "not_acceptable"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    FORBIDDEN_ORIGIN = "forbidden_origin"
    PREFLIGHT_REQUIRED = "preflight_required"
    RATE_LIMITED = "rate_limited"
    SYNTAX_ERROR = "syntax_error"
    INVALID_DOCUMENT = "invalid_document"
    TOO_DEEP = "too_deep"
    TOO_COMPLEX = "too_complex"
    TIMED_OUT = "timed_out"
    UNKNOWN_DOCUMENT = "unknown_document"
    UNTRUSTED_DOCUMENT = "untrusted_document"
    INVALID_VARIABLES = "invalid_variables"
    UNKNOWN_OPERATION = "unknown_operation"
    BAD_CURSOR = "bad_cursor"
    BAD_PAGE_SIZE = "bad_page_size"
    BAD_ID = "bad_id"
    TOO_MANY_IDS = "too_many_ids"
    BAD_TEXT = "bad_text"
    NEEDS_STREAM = "needs_stream"
    POSITION_GONE = "position_gone"
    TOO_MANY_OPERATIONS = "too_many_operations"
    INTERNAL_ERROR = "internal_error"


class RequestError(GraphQLError):
    """Something in the request cannot be answered; the message says what and how to mend it."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message, extensions={"code": code.name})
