// Marks mail from outside in its subject, so that nobody takes a stranger for a colleague (tag-external.vbs in JScript).
//
// Trigger:  OnAcceptMessage.
// Settings: TAG, what the subject begins with; TRUSTED, addresses of your own machines that send without logging in.
// Note:     a changed subject breaks the sender's DKIM signature: programs that check it afterwards will complain.

var TAG = "[EXTERNAL]";
var TRUSTED = ["192.0.2.10", "192.0.2.11"];

function OnAcceptMessage(oClient, oMessage) {
   if (oClient.Username !== "" || contains(TRUSTED, oClient.IPAddress)) return;
   var subject = String(oMessage.Subject);
   if (subject.toUpperCase().indexOf(TAG) >= 0) return; // an answer to what was marked before
   oMessage.Subject = TAG + " " + subject;
   oMessage.Save();
}

function contains(list, wanted) {
   for (var i = 0; i < list.length; i++)
      if (list[i] == wanted) return true;
   return false;
}
