' Writes a line for each client that was cut off for bad commands, in a form that fail2ban and the like can read.
'
' Trigger:  OnTooManyInvalidCommands (settings disconnect_invalid_clients and max_number_of_invalid_commands).
' Settings: FILE, the log.

Option Explicit

Const FILE = "C:\Program Files (x86)\hMailServer\Logs\invalid-commands.log"

Sub OnTooManyInvalidCommands(oClient, oMessage)
   Const ForAppending = 8
   Dim oFile
   Set oFile = CreateObject("Scripting.FileSystemObject").OpenTextFile(FILE, ForAppending, True)
   oFile.WriteLine Stamp(Now) & " too many invalid commands from " & oClient.IPAddress & " port " & oClient.Port
   oFile.Close
End Sub

Function Stamp(dMoment)
   Stamp = Year(dMoment) & "-" & Two(Month(dMoment)) & "-" & Two(Day(dMoment)) & " " & Two(Hour(dMoment)) & ":" & Two(Minute(dMoment)) & ":" & Two(Second(dMoment))
End Function

Function Two(iNumber)
   Two = Right("0" & iNumber, 2)
End Function
