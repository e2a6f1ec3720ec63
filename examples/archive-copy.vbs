' Sends a copy of all mail from and to your domains to an archive's address; nobody sees it in the header.
'
' Trigger:  OnAcceptMessage.
' Settings: DOMAINS, the domains whose mail is kept, parted by spaces; ARCHIVE, who gets the copies.
' Note:     mind your users' rights and your country's law before you archive mail.

Option Explicit

Const DOMAINS = "example.test"
Const ARCHIVE = "archive@example.test"

Sub OnAcceptMessage(oClient, oMessage)
   Dim i, bKept
   bKept = IsOurs(oMessage.FromAddress)
   For i = 0 To oMessage.Recipients.Count - 1
      If LCase(oMessage.Recipients(i).Address) = ARCHIVE Then Exit Sub
      If IsOurs(oMessage.Recipients(i).OriginalAddress) Then bKept = True
   Next
   ' The envelope has one recipient more; without Save the header stays as it came.
   If bKept Then oMessage.AddRecipient "", ARCHIVE
End Sub

Function IsOurs(sAddress)
   IsOurs = InStr(" " & DOMAINS & " ", " " & LCase(Mid(sAddress, InStrRev(sAddress, "@") + 1)) & " ") > 0
End Function
