' Tells the administrator by mail how the backup went.
'
' Triggers: OnBackupCompleted, OnBackupFailed.
' Settings: SENDER and RECIPIENT, addresses; ONLY_FAILURES = True leaves the good news out.

Option Explicit

Const SENDER = "postmaster@example.test"
Const RECIPIENT = "alice@example.test"
Const ONLY_FAILURES = False

Sub OnBackupCompleted()
   If Not ONLY_FAILURES Then Report "Backup completed", "The backup that ended at " & Now & " is complete."
End Sub

Sub OnBackupFailed(sReason)
   Report "BACKUP FAILED", "The backup failed at " & Now & ":" & vbCrLf & vbCrLf & sReason
End Sub

Sub Report(sSubject, sText)
   Dim oMessage
   Set oMessage = CreateObject("hMailServer.Message")
   oMessage.FromAddress = SENDER
   oMessage.From = SENDER
   oMessage.AddRecipient "", RECIPIENT
   oMessage.Subject = sSubject
   oMessage.Body = sText
   oMessage.Save
End Sub
