"""Every error that guanxi raises on purpose. The message names the file and says what to do."""


class GuanxiError(Exception):
    """Base of all errors that a user can mend; the command line prints them as one line."""


class InputError(GuanxiError):
    """An input file cannot be read: missing, empty, binary, truncated, hostile or in an unknown encoding."""


class DataError(GuanxiError):
    """Annotated data breaks the scheme: an overlapping span, an offset past the end, an unknown label.

    `faults` holds one message for each thing that is wrong.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(self.faults)


class ModelError(GuanxiError):
    """A model is missing, damaged, or does not fit this version."""
