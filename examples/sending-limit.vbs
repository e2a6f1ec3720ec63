' Limits to how many recipients each user may send in an hour, so that a stolen password does not become a flood of spam.
'
' Trigger:  OnSMTPData. Mail above the limit is put off (453): an honest mail program tries again later.
' Settings: LIMIT, recipients an hour; DATABASE, the SQLite file that keeps count (it is made when it is missing).

Option Explicit

Const LIMIT = 200
Const DATABASE = "C:\Program Files (x86)\hMailServer\Events\sending-limit.db"

Sub OnSMTPData(oClient, oMessage)
   Dim oConnection, iWanted, iSent
   If oClient.Username = "" Then Exit Sub
   Set oConnection = CreateObject("ADODB.Connection")
   oConnection.Open "Driver={SQLite3};Database=" & DATABASE
   oConnection.Execute "CREATE TABLE IF NOT EXISTS sent (user TEXT, recipients INTEGER, at TEXT DEFAULT CURRENT_TIMESTAMP)"
   oConnection.Execute "DELETE FROM sent WHERE at < datetime('now', '-1 hour')"
   iWanted = oMessage.Recipients.Count
   iSent = Query(oConnection, "SELECT coalesce(sum(recipients), 0) FROM sent WHERE user = ?", Array(LCase(oClient.Username)))(0)
   If iSent + iWanted > LIMIT Then
      EventLog.Write oClient.Username & " has reached the limit: " & iSent & " sent, " & iWanted & " wanted, from " & oClient.IPAddress
      Result.Value = 3
      Result.Message = "4.7.1 You have sent to " & iSent & " recipients within an hour. Please try again later."
   Else
      Query oConnection, "INSERT INTO sent (user, recipients) VALUES (?, ?)", Array(LCase(oClient.Username), iWanted)
   End If
   oConnection.Close
End Sub

' Values go in by question marks, never by putting text together: a user's name can't become a part of the statement.
Function Query(oConnection, sSQL, aValues)
   Dim oCommand
   Set oCommand = CreateObject("ADODB.Command")
   Set oCommand.ActiveConnection = oConnection
   oCommand.CommandText = sSQL
   Set Query = oCommand.Execute(, aValues)
End Function
