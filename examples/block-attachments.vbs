' Refuses mail with attachments that can run as programs, told by how their names end.
'
' Trigger:  OnAcceptMessage. The sender's server gets the text below and reports it to the sender.
' Settings: ENDINGS, the endings that are refused, parted by spaces; REFUSAL, the text.

Option Explicit

Const ENDINGS = "bat cmd com cpl dll exe hta iso jar js jse lnk msi pif ps1 scr vbe vbs wsf"
Const REFUSAL = "5.7.1 This kind of attachment is not taken here:"

Sub OnAcceptMessage(oClient, oMessage)
   Dim i, sEnding
   For i = 0 To oMessage.Attachments.Count - 1
      sEnding = EndingOf(oMessage.Attachments(i).Filename)
      If sEnding <> "" And InStr(" " & ENDINGS & " ", " " & sEnding & " ") > 0 Then
         Result.Value = 2
         Result.Message = REFUSAL & " ." & sEnding
         Exit Sub
      End If
   Next
End Sub

' What follows the last dot, in lower case. Windows ignores dots and spaces at the end of a name, so "x.exe. " is a program too.
Function EndingOf(ByVal sName)
   Do While Right(sName, 1) = "." Or Right(sName, 1) = " "
      sName = Left(sName, Len(sName) - 1)
   Loop
   EndingOf = ""
   If InStrRev(sName, ".") > 0 Then EndingOf = LCase(Mid(sName, InStrRev(sName, ".") + 1))
End Function
