' Answers for some accounts between two dates, once a day to each sender: company holidays, a shop that is closed.
'
' Trigger:  OnDeliverMessage.
' Settings: ACCOUNTS, parted by spaces; FIRST_DAY and LAST_DAY, as #month/day/year#; SUBJECT and TEXT of the answer; FILE, where answers are noted.
' Note:     lists, other machines' answers and reports get none. A single user's absence is the account's own vacation message.

Option Explicit

Const ACCOUNTS = "alice@example.test info@example.test"
Const FIRST_DAY = #12/24/2026#
Const LAST_DAY = #1/1/2027#
Const SUBJECT = "We are closed until 2 January"
Const TEXT = "Thank you for your message. Our office is closed until 2 January; we will answer then."
Const FILE = "C:\Program Files (x86)\hMailServer\Events\out-of-office.txt"

Sub OnDeliverMessage(oMessage)
   Dim i, sAccount
   If Date < FIRST_DAY Or Date > LAST_DAY Then Exit Sub
   If oMessage.DeliveryAttempt > 1 Or IsAutomatic(oMessage) Then Exit Sub
   For i = 0 To oMessage.Recipients.Count - 1
      sAccount = LCase(oMessage.Recipients(i).Address)
      If InStr(" " & ACCOUNTS & " ", " " & sAccount & " ") > 0 Then
         If IsFirstToday(sAccount, LCase(oMessage.FromAddress)) Then Answer sAccount, oMessage
      End If
   Next
End Sub

Function IsAutomatic(oMessage)
   Dim sKind
   sKind = LCase(oMessage.HeaderValue("Auto-Submitted"))
   IsAutomatic = oMessage.FromAddress = "" Or (sKind <> "" And sKind <> "no") Or oMessage.HeaderValue("List-Id") <> ""
   If oMessage.HeaderValue("Precedence") <> "" Then IsAutomatic = True
End Function

' Notes an answer; False when this sender had one today.
Function IsFirstToday(sAccount, sSender)
   Const ForReading = 1, ForAppending = 8
   Dim oFiles, oFile, sLine
   sLine = CLng(Date) & " " & sAccount & " " & sSender
   IsFirstToday = True
   Set oFiles = CreateObject("Scripting.FileSystemObject")
   If oFiles.FileExists(FILE) Then
      Set oFile = oFiles.OpenTextFile(FILE, ForReading)
      Do Until oFile.AtEndOfStream
         If oFile.ReadLine = sLine Then IsFirstToday = False
      Loop
      oFile.Close
   End If
   If Not IsFirstToday Then Exit Function
   Set oFile = oFiles.OpenTextFile(FILE, ForAppending, True)
   oFile.WriteLine sLine
   oFile.Close
End Function

Sub Answer(sAccount, oMessage)
   Dim oAnswer
   Set oAnswer = CreateObject("hMailServer.Message")
   oAnswer.FromAddress = sAccount
   oAnswer.From = sAccount
   oAnswer.AddRecipient "", oMessage.FromAddress
   oAnswer.Subject = SUBJECT
   oAnswer.Body = TEXT
   oAnswer.HeaderValue("Auto-Submitted") = "auto-replied"
   oAnswer.HeaderValue("In-Reply-To") = oMessage.HeaderValue("Message-ID")
   oAnswer.Save
End Sub
