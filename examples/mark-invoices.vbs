' Finds an invoice's number in subject or text and writes it into a header field, for the rules after it and for mail programs.
'
' Trigger:  a rule, for all mail or of one account, whose action is "run a script function" with the name MarkInvoice.
' Settings: PATTERN, a regular expression whose first group is the number.

Option Explicit

Const PATTERN = "\binvoice\s+(?:no\.?\s*|#\s*)?([A-Z]{0,3}-?\d{4,10})\b"

Sub MarkInvoice(oMessage)
   Dim oPattern, oFound
   Set oPattern = New RegExp
   oPattern.Pattern = PATTERN
   oPattern.IgnoreCase = True
   Set oFound = oPattern.Execute(oMessage.Subject & vbCrLf & Left(oMessage.Body, 10000))
   If oFound.Count = 0 Then Exit Sub
   oMessage.HeaderValue("X-Invoice") = oFound(0).SubMatches(0)
   oMessage.Save
End Sub
