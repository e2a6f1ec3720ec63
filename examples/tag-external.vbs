' Marks mail from outside in its subject, so that nobody takes a stranger for a colleague.
'
' Trigger:  OnAcceptMessage.
' Settings: TAG, what the subject begins with; TRUSTED, addresses of your own machines that send without logging in, parted by spaces.
' Note:     a changed subject breaks the sender's DKIM signature: programs that check it afterwards will complain.

Option Explicit

Const TAG = "[EXTERNAL]"
Const TRUSTED = "192.0.2.10 192.0.2.11"

Sub OnAcceptMessage(oClient, oMessage)
   If oClient.Username <> "" Then Exit Sub
   If InStr(" " & TRUSTED & " ", " " & oClient.IPAddress & " ") > 0 Then Exit Sub
   If InStr(1, oMessage.Subject, TAG, vbTextCompare) > 0 Then Exit Sub ' an answer to what was marked before
   oMessage.Subject = TAG & " " & oMessage.Subject
   oMessage.Save
End Sub
