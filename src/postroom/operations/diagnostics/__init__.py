"""The doctor and the deliverability report: real checks, one file a family. Each tells what is wrong, why that matters and the exact fix.

A family is `checks(site, world)`; what lies outside of this process comes with the `World`, so that tests bring their own.
"""

from postroom.operations.diagnostics.check import Check, World
from postroom.operations.diagnostics.examine import PREFLIGHT, examine, report

__all__ = ["PREFLIGHT", "Check", "World", "examine", "report"]
