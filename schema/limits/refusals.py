"""What is said when a ceiling is passed."""

from graphql.validation.validate import ValidationAbortedError

from resolvers.errors import ErrorCode


class LimitPassedError(ValidationAbortedError):
    """A document, or an operation with its variables, asks for more than is served. It ends the validation."""

    def __init__(self, message: str, code: ErrorCode = ErrorCode.TOO_COMPLEX) -> None:
        super().__init__(message, extensions={"code": code.name})
