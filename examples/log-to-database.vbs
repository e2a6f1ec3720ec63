' Writes a row for each message into a database: who, to whom, subject, size.
'
' Trigger:  OnDeliverMessage, the first try of each message.
' Settings: CONNECTION. This one is SQLite; for MySQL write Driver={MySQL};Server=...;Database=...;User=...;Password=... and make the table there.

Option Explicit

Const CONNECTION = "Driver={SQLite3};Database=C:\Program Files (x86)\hMailServer\Logs\messages.db"

Sub OnDeliverMessage(oMessage)
   Dim oConnection, oCommand, i
   If oMessage.DeliveryAttempt > 1 Then Exit Sub
   Set oConnection = CreateObject("ADODB.Connection")
   oConnection.Open CONNECTION
   oConnection.Execute "CREATE TABLE IF NOT EXISTS messages (at TEXT, sender TEXT, recipient TEXT, subject TEXT, kilobytes INTEGER)"
   Set oCommand = CreateObject("ADODB.Command")
   Set oCommand.ActiveConnection = oConnection
   oCommand.CommandText = "INSERT INTO messages VALUES (?, ?, ?, ?, ?)"
   For i = 0 To oMessage.Recipients.Count - 1
      oCommand.Execute , Array(Now, oMessage.FromAddress, oMessage.Recipients(i).OriginalAddress, oMessage.Subject, oMessage.Size)
   Next
   oConnection.Close
End Sub
