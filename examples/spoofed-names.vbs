' Catches mail from outside that borrows a colleague's name: "Alice Miller" <x@elsewhere.example>, or an address of yours as the name.
'
' Trigger:  OnAcceptMessage.
' Settings: DOMAINS, your domains; NAMES, the people whose names are borrowed (all in lower case, parted by semicolons);
'           WARNING, what the subject then begins with. With REFUSE = True such mail is refused instead.

Option Explicit

Const DOMAINS = "example.test;example.com"
Const NAMES = "alice miller;bob stone"
Const WARNING = "[Sender not verified]"
Const REFUSE = False

Sub OnAcceptMessage(oClient, oMessage)
   Dim sName, sAddress
   If oClient.Username <> "" Then Exit Sub
   TakeApart oMessage.From, sName, sAddress
   If IsOurs(sAddress) Or Not Borrows(sName) Then Exit Sub
   EventLog.Write "Borrowed name: " & oMessage.From & " from " & oClient.IPAddress
   If REFUSE Then
      Result.Value = 2
      Result.Message = "5.7.1 The name in From belongs to somebody here."
   Else
      oMessage.HeaderValue("X-Borrowed-Name") = sAddress
      oMessage.Subject = WARNING & " " & oMessage.Subject
      oMessage.Save
   End If
End Sub

' Takes a From field apart: "Alice" <a@b.example> gives alice and a@b.example, in lower case.
Sub TakeApart(ByVal sFrom, ByRef sName, ByRef sAddress)
   Dim iAt
   sFrom = LCase(Trim(sFrom))
   sName = ""
   sAddress = sFrom
   iAt = InStrRev(sFrom, "<")
   If iAt = 0 Then Exit Sub
   sName = Trim(Replace(Left(sFrom, iAt - 1), """", ""))
   sAddress = Replace(Mid(sFrom, iAt + 1), ">", "")
End Sub

Function IsOurs(sAddress)
   IsOurs = InStr(";" & DOMAINS & ";", ";" & Mid(sAddress, InStrRev(sAddress, "@") + 1) & ";") > 0
End Function

Function Borrows(sName)
   Dim sOne
   Borrows = True
   For Each sOne In Split(NAMES, ";")
      If InStr(sName, sOne) > 0 Then Exit Function
   Next
   For Each sOne In Split(DOMAINS, ";")
      If InStr(sName, "@" & sOne) > 0 Then Exit Function
   Next
   Borrows = False
End Function
