"""What can go wrong, as sentences for people: what is wrong, where, and what to do."""


class CheckerError(Exception):
    """An error whose message is written for the person who ran the command."""


class UsageError(CheckerError):
    """The call, a configuration file or an option is wrong: nothing is checked, exit status 2."""


class PluginError(CheckerError):
    """A plugin could not be loaded or breaks its promises: nothing is checked, exit status 2."""


class UnreadableError(CheckerError):
    """One subject cannot be read. The other subjects are still checked; exit status 2.

    Attributes:
        code: A short, stable word for the kind of trouble, such as ``encrypted``.
        message: What is wrong, where in the file, and what to do about it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
