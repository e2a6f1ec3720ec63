"""The command line: what people type, one file a noun or command. Commands ask a house by orders and print what it answers.

Exit status: 0 done, 1 refused or failed, 2 wrong usage. Errors are one sentence on stderr.
"""


def main() -> None:
    """Run the command that the process was started with."""
    from postroom.runtime.cli.app import app  # noqa: PLC0415 - importing this package (for dev, for tests) costs nothing

    app(prog_name="postroom")
