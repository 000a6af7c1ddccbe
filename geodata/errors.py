"""What can be wrong with data, told to the person who can mend it."""

from __future__ import annotations


class DataError(Exception):
    """The data cannot be read or is not what it must be; the message says where and the cure."""


class NoDataError(DataError):
    """The data folder holds nothing to show yet."""
