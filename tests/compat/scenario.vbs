' What each client's program does, told line by line: this one with VBScript's, by CreateObject and IDispatch.
Option Explicit
Const eFTSubject = 4, eMTContains = 2, eRAMoveToImapFolder = 4
Dim app, domains, domain, account, doubled, mailAlias, crew, member, rule, criterion, action, folder, message, again, text, cat, unicode

' Debian's Wine has neither ChrW nor AscW: JScript stands in for them.
Set unicode = CreateObject("ScriptControl")
unicode.Language = "JScript"
unicode.AddCode "function unit(code) { return String.fromCharCode(code); }" & _
    "function points(text) { var found = [], at, code; for (at = 0; at < text.length; at++) { code = text.charCodeAt(at);" & _
    "if (code >= 0xD800 && code < 0xDC00) code = 0x10000 + (code - 0xD800) * 0x400 + text.charCodeAt(++at) - 0xDC00;" & _
    "code = code.toString(16).toUpperCase(); found.push('0000'.slice(code.length) + code); } return found.join(' '); }"

Function Unit(code)
    Unit = unicode.Run("unit", code)
End Function

Function Points(text)
    Points = unicode.Run("points", text & "")
End Function

Function Padded(value, length)
    Padded = value
    Do While Len(Padded) < length
        Padded = "0" & Padded
    Loop
End Function

Sub Refused()
    Dim number
    number = Err.Number
    If number = 9 Then number = &H8002000B ' VBScript has a number of its own for this one
    WScript.Echo Padded(Hex(number), 8) & " " & Err.Source & ": " & Err.Description
    Err.Clear
End Sub

Set app = CreateObject("hMailServer.Application")
On Error Resume Next
WScript.Echo app.Domains.Count
Refused
On Error GoTo 0
WScript.Echo CStr(app.Authenticate("Administrator", "wrong") Is Nothing)
WScript.Echo app.Authenticate("administrator", "secret-0").Address

Set domains = app.Domains
Set domain = domains.Add()
domain.Name = "new.test"
domain.Active = True
WScript.Echo domain.ID & " " & domains.Count
domain.Save
WScript.Echo CBool(domain.ID > 0) & " " & domains.Count & " " & domains.ItemByName("NEW.TEST").Name

cat = Unit(&H732B)
Set account = domain.Accounts.Add
account.Address = "zoe@new.test"
account.Password = "Pass-w0rd"
account.Active = True
account.MaxSize = "10"
account.PersonFirstName = "Zo" & Unit(&HEB) & " " & cat & " " & Unit(&HD83D) & Unit(&HDE00)
account.Save
WScript.Echo account.MaxSize & " " & account.ValidatePassword("Pass-w0rd") & " " & account.ValidatePassword("other") & " " & Points(account.PersonFirstName)
Set doubled = domain.Accounts.Add
doubled.Address = "ZOE@new.test"
On Error Resume Next
doubled.Save
Refused
WScript.Echo domain.Accounts(99).Address
Refused
On Error GoTo 0

Set mailAlias = domain.Aliases.Add
mailAlias.Name = "sales@new.test"
mailAlias.Value = "zoe@new.test"
mailAlias.Active = True
mailAlias.Save
Set crew = domain.DistributionLists.Add
crew.Address = "crew@new.test"
crew.Active = True
crew.Save
Set member = crew.Recipients.Add
member.RecipientAddress = "zoe@new.test"
member.Save
WScript.Echo domain.Aliases.ItemByName("sales@new.test").Value & " " & domain.DistributionLists(0).Recipients.Count

Set rule = account.Rules.Add
rule.Name = "Bills"
Set criterion = rule.Criterias.Add
criterion.PredefinedField = eFTSubject
criterion.MatchType = eMTContains
criterion.MatchValue = "bill"
criterion.Save
Set action = rule.Actions.Add
action.Type = eRAMoveToImapFolder
action.IMAPFolder = "Bills"
action.Save
rule.Save
WScript.Echo account.Rules.Count & " " & account.Rules.Item(0).Criterias(0).MatchValue & " " & account.Rules(0).Actions(0).IMAPFolder

Set folder = account.IMAPFolders.Add(Unit(&HC4) & "rger " & cat)
Set message = folder.Messages.Add
message.Subject = "Gr" & Unit(&HFC) & Unit(&HDF) & "e " & Unit(&HD83D) & Unit(&HDE00)
message.Body = "Ein Text." & vbCrLf
message.FromAddress = "zoe@new.test"
message.HeaderValue("X-Test") = "one"
message.Save
For Each again In account.IMAPFolders.ItemByName(Unit(&HC4) & "rger " & cat).Messages
    WScript.Echo Points(again.Subject) & " " & again.HeaderValue("x-test") & " " & again.State & " " & again.UID & " " & (Year(again.InternalDate) > 2020)
    text = Replace(again.Body, vbCrLf, "\r\n")
Next
WScript.Echo Points(account.IMAPFolders.ItemByName(Unit(&HC4) & "rger " & cat).Name) & " " & message.HasBodyType("text/plain") & " " & text
On Error Resume Next
app.Settings.AntiVirus.TestClamAVScanner "127.0.0.1", 1, text
Refused
On Error GoTo 0

domain.Delete
WScript.Echo app.Domains.Count
