"""Marks: what is noted at the nodes of a document for the rooms behind, as extensions of these.

The passes of the dialects write most of them, and the building reads them. What has a mark already,
from the document itself, keeps it.
"""

from __future__ import annotations

BEGINNING = "x-vcgen-"
"""What the names of all marks begin with."""

ENVELOPE = "x-vcgen-envelope"
"""At a media type: the property that holds the value of a reply, and that callers do not see."""

ERROR_ENVELOPE = "x-vcgen-error-envelope"
"""At an operation: the properties of the bodies of errors that hold their kind and their value."""

FIXED = "x-vcgen-fixed"
"""At a parameter: true if all calls send its only value."""

ITEMS = "x-vcgen-items"
"""At a media type: true if the schema is that of an item of a stream, not that of all the body."""

NAME = "x-vcgen-name"
"""At a security scheme: the argument of a client for its credential."""

NAMES = "x-vcgen-names"
"""At the top: what was settled of names and natures for the whole document."""

RESOURCE = "x-vcgen-resource"
"""At an operation: what its resource is named after, in place of its tag."""

RESULT = "x-vcgen-result"
"""At an operation that begins a task: the response that describes the result of the task."""

SESSION = "x-vcgen-session"
"""At an operation: `create` if it opens a session, `delete` if it ends one."""

STYLE = "x-vcgen-style"
"""At a parameter: a style that OpenAPI has for other places than its own."""

TASK = "x-vcgen-task"
"""At an operation: `start`, `get` or `cancel`, by what it does with a task."""
