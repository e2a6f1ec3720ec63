' Gives a catch-all account a folder for each made-up address: mail to shop-a@your domain goes to its folder shop-a in Aliases.
'
' Trigger:  OnAcceptMessage.
' Settings: ACCOUNT, the account that the domain's catch-all leads to; FOLDER, the folder under which the others are made;
'           MOST, how many there may be, since anybody can make up addresses (then the mail goes to the inbox as usual);
'           PASSWORD, the Administrator's.

Option Explicit

Const ACCOUNT = "alice@example.test"
Const FOLDER = "Aliases"
Const MOST = 200
Const PASSWORD = "the Administrator's password"

Sub OnAcceptMessage(oClient, oMessage)
   Dim oServer, i, sOriginal, sOthers, bFiled
   bFiled = False
   sOthers = ""
   For i = 0 To oMessage.Recipients.Count - 1
      sOriginal = LCase(oMessage.Recipients(i).OriginalAddress)
      If LCase(oMessage.Recipients(i).Address) = ACCOUNT And sOriginal <> ACCOUNT Then
         If IsEmpty(oServer) Then Set oServer = LoggedIn()
         If FileIt(oServer, oMessage, Left(sOriginal, InStrRev(sOriginal, "@") - 1)) Then
            bFiled = True
         Else
            sOthers = sOthers & " " & sOriginal
         End If
      Else
         sOthers = sOthers & " " & sOriginal
      End If
   Next
   If Not bFiled Then Exit Sub
   ' What is filed needs no delivery any more: the envelope keeps the other recipients. No Save, so the header stays as it is.
   oMessage.ClearRecipients
   For Each sOriginal In Split(Trim(sOthers), " ")
      oMessage.AddRecipient "", sOriginal
   Next
End Sub

Function LoggedIn()
   Set LoggedIn = CreateObject("hMailServer.Application")
   If LoggedIn.Authenticate("Administrator", PASSWORD) Is Nothing Then Err.Raise vbObjectError + 1, "alias-folders", "wrong password"
End Function

' Puts the message into the alias's folder; False where that would be one folder too many.
Function FileIt(oServer, oMessage, ByVal sAlias)
   Dim oAccount, sDomain, sLevel
   FileIt = False
   sLevel = oServer.Settings.IMAPHierarchyDelimiter
   sDomain = Mid(ACCOUNT, InStr(ACCOUNT, "@") + 1)
   Set oAccount = oServer.Domains.ItemByName(sDomain).Accounts.ItemByAddress(ACCOUNT)
   sAlias = Replace(Replace(sAlias, sLevel, "_"), "/", "_")
   If Not HasRoom(oAccount, sAlias) Then Exit Function
   FileIt = oServer.Utilities.ImportMessageFromFileToIMAPFolder(oMessage.Filename, oAccount.ID, FOLDER & sLevel & sAlias)
End Function

Function HasRoom(oAccount, sAlias)
   Dim oFolders
   HasRoom = True
   On Error Resume Next
   Set oFolders = oAccount.IMAPFolders.ItemByName(FOLDER).SubFolders
   If Err.Number <> 0 Then Exit Function ' the first of all
   If oFolders.Count < MOST Then Exit Function
   oFolders.ItemByName sAlias
   HasRoom = (Err.Number = 0)
End Function
