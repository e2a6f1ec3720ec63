' Shuts out addresses that guess recipients: after some unknown ones within an hour an IP range bans the address for a while.
'
' Trigger:  OnRecipientUnknown.
' Settings: PROBES, how many unknown recipients an hour are too many; HOURS, how long the ban lasts; SPARED, addresses that are never banned;
'           FILE, where probes are noted; PASSWORD, the Administrator's, since IP ranges are changed in that name.
' Needs:    the server's setting ip_ranges (on in hMailServer's mode): postroom settings set ip_ranges yes

Option Explicit

Const PROBES = 5
Const HOURS = 12
Const SPARED = "192.0.2.10 192.0.2.11"
Const FILE = "C:\Program Files (x86)\hMailServer\Events\probes.txt"
Const PASSWORD = "the Administrator's password"

Sub OnRecipientUnknown(oClient, oMessage)
   If oClient.Username <> "" Or InStr(" " & SPARED & " ", " " & oClient.IPAddress & " ") > 0 Then Exit Sub
   If ProbesOf(oClient.IPAddress) >= PROBES Then Ban oClient.IPAddress
End Sub

' Notes one more probe of an address; gives how many there were within an hour.
Function ProbesOf(sAddress)
   Const ForReading = 1, ForAppending = 8
   Dim oFiles, oFile, aLine
   Set oFiles = CreateObject("Scripting.FileSystemObject")
   Set oFile = oFiles.OpenTextFile(FILE, ForAppending, True)
   oFile.WriteLine CDbl(Now) & " " & sAddress
   oFile.Close
   ProbesOf = 0
   Set oFile = oFiles.OpenTextFile(FILE, ForReading)
   Do Until oFile.AtEndOfStream
      aLine = Split(oFile.ReadLine, " ")
      If UBound(aLine) = 1 Then
         If aLine(1) = sAddress And CDbl(aLine(0)) > Now - 1 / 24 Then ProbesOf = ProbesOf + 1
      End If
   Loop
   oFile.Close
End Function

Sub Ban(sAddress)
   Dim oServer, oRange
   Set oServer = CreateObject("hMailServer.Application")
   If oServer.Authenticate("Administrator", PASSWORD) Is Nothing Then
      EventLog.Write "ban-probers: the Administrator's password is wrong"
      Exit Sub
   End If
   If IsBanned(oServer.Settings.SecurityRanges, "Probed: " & sAddress) Then Exit Sub
   Set oRange = oServer.Settings.SecurityRanges.Add
   oRange.Name = "Probed: " & sAddress
   oRange.LowerIP = sAddress
   oRange.UpperIP = sAddress
   oRange.Priority = 50
   oRange.AllowSMTPConnections = False
   oRange.AllowPOP3Connections = False
   oRange.AllowIMAPConnections = False
   oRange.Expires = True
   oRange.ExpiresTime = DateAdd("h", HOURS, Now)
   oRange.Save
   EventLog.Write "Banned for " & HOURS & " hours: " & sAddress
End Sub

' Several sessions of one address may come here at the same time.
Function IsBanned(oRanges, sName)
   Dim oRange
   On Error Resume Next
   Set oRange = oRanges.ItemByName(sName)
   IsBanned = (Err.Number = 0)
End Function
