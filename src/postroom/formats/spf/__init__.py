"""SPF (RFC 7208): which hosts may send mail in the name of a domain. Pure: the DNS is asked through a `Names` that the caller brings."""

from postroom.formats.spf.evaluate import Evaluation, Names, NoAnswer, Result, Verdict, evaluate, policies
from postroom.formats.spf.record import Directive, Record, SPFError

__all__ = ["Directive", "Evaluation", "Names", "NoAnswer", "Record", "Result", "SPFError", "Verdict", "evaluate", "policies"]
