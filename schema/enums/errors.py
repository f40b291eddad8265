"""Enums of problems and errors."""

from domain.problems import FieldFault, ProblemCode
from resolvers.errors import ErrorCode
from schema.enums.describe import describe

describe(
    ProblemCode,
    "The codes of the problems that mutations answer with; stable, for programs to act on.",
    {
        ProblemCode.INVALID_FIELD: "A value of the input cannot be taken.",
        ProblemCode.NOT_FOUND: "An id of the input names nothing that this tenant has.",
        ProblemCode.FORBIDDEN: "The user lacks a role.",
        ProblemCode.STALE: "The object was changed since `expectedVersion` was read.",
        ProblemCode.ALREADY_ACCEPTED: "Somebody has accepted the lead before.",
        ProblemCode.WRONG_LEAD_STATE: "The lead's status does not allow this.",
        ProblemCode.HELD_BY_OTHER: "The acceptance is in another user's hands.",
        ProblemCode.DECISIONS_REMAIN: "The commit was asked for before everything was decided.",
        ProblemCode.CANDIDATES_CHANGED: "Similar records appeared that the decision had not seen.",
        ProblemCode.RECORD_CHANGED: "The chosen record was changed in the decided fields, or is gone.",
        ProblemCode.CASE_NOT_OPEN: "The case is closed.",
        ProblemCode.ASSIGNEE_INACTIVE: "The assignee is not an active user.",
        ProblemCode.IDEMPOTENCY_KEY_REUSED: "The idempotency key was used before with other input.",
        ProblemCode.EXTERNAL_ID_TAKEN: "Another record has this external id.",
    },
)
describe(
    FieldFault,
    "What is wrong with a value.",
    {
        FieldFault.REQUIRED: "It is missing or empty.",
        FieldFault.TOO_LONG: "It is longer than can be stored.",
        FieldFault.TOO_MANY: "The list has too many entries.",
        FieldFault.BAD_EMAIL: "It is not an e-mail address.",
        FieldFault.BAD_PHONE: "It is not a phone number.",
        FieldFault.BAD_DATE: "It is not a date that can be meant.",
        FieldFault.BAD_COUNTRY: "It is not a country code of ISO 3166-1.",
        FieldFault.BAD_TEXT: "It contains characters that cannot be stored.",
        FieldFault.BAD_ID: "It is not a global id of the kind that is expected here.",
        FieldFault.BAD_VALUE: "It is none of the values that are possible here.",
        FieldFault.SEVERAL_PRIMARY: "More than one entry of the list is primary.",
        FieldFault.DUPLICATE: "It is given twice.",
        FieldFault.NOT_ALLOWED: "It cannot be given together with the rest of the input.",
        FieldFault.TAKE_OR_VALUE: "Either a side to take or a value of one's own has to be given, and not both.",
    },
)
describe(
    ErrorCode,
    "The codes in `extensions.code` of errors at the top of an answer; there are no others.",
    {
        ErrorCode.UNAUTHENTICATED: "The request carries no valid token of an active user.",
        ErrorCode.BAD_REQUEST: "The request is not a GraphQL request.",
        ErrorCode.BODY_TOO_LARGE: "The request's body is larger than 256 KiB.",
        ErrorCode.METHOD_NOT_ALLOWED: "The HTTP method cannot be used for this operation.",
        ErrorCode.UNSUPPORTED_MEDIA_TYPE: "The request's body is not `application/json` in UTF-8.",
        ErrorCode.NOT_ACCEPTABLE: "None of the media types that the client accepts is served.",
        ErrorCode.FORBIDDEN_ORIGIN: "The request comes from a web page of a site that is not allowed to use the API.",
        ErrorCode.PREFLIGHT_REQUIRED: "The request could have been forged by a web page; it needs one more header.",
        ErrorCode.RATE_LIMITED: "The user or the tenant sends too many requests; `Retry-After` says when to go on.",
        ErrorCode.SYNTAX_ERROR: "The document is not GraphQL.",
        ErrorCode.INVALID_DOCUMENT: "The document does not fit the schema.",
        ErrorCode.TOO_DEEP: "The document nests deeper than is served.",
        ErrorCode.TOO_COMPLEX: "The document is longer, or asks for more, than is served at once.",
        ErrorCode.TIMED_OUT: "The operation took too long. What a mutation was writing is written whole or not at all.",
        ErrorCode.UNKNOWN_DOCUMENT: "`documentId` names no document that was registered.",
        ErrorCode.UNTRUSTED_DOCUMENT: "Only registered documents are served, by their `documentId`.",
        ErrorCode.INVALID_VARIABLES: "The variables do not fit the operation.",
        ErrorCode.UNKNOWN_OPERATION: "`operationName` names no operation, or is missing where there are several.",
        ErrorCode.BAD_CURSOR: "A cursor is not one of this list.",
        ErrorCode.BAD_PAGE_SIZE: "A page size is not between 1 and 100.",
        ErrorCode.BAD_ID: "An id in a filter is not a global id of the kind that is expected there.",
        ErrorCode.TOO_MANY_IDS: "More than 100 ids were asked for at once.",
        ErrorCode.BAD_TEXT: "A text to search for cannot be searched for.",
        ErrorCode.NEEDS_STREAM: "Subscriptions are answered over WebSocket, or as `text/event-stream`.",
        ErrorCode.POSITION_GONE: "What happened after a position cannot be told: read anew, and subscribe without it.",
        ErrorCode.TOO_MANY_OPERATIONS: "More operations run on the connection at once than are served.",
        ErrorCode.INTERNAL_ERROR: "Something unexpected happened; the message names the entry in the server's log.",
    },
)
