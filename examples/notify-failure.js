// Tells the administrator about mail of your users that could not be delivered, with the other server's words.
//
// Trigger:  OnDeliveryFailed, for each recipient that will not get the message. The sender gets the server's report in any case.
// Settings: DOMAINS, whose mail matters; RECIPIENT, who is told; SENDER, from whom the notes come.

var DOMAINS = ["example.test"];
var RECIPIENT = "bob@example.test";
var SENDER = "postmaster@example.test";

function OnDeliveryFailed(oMessage, sRecipient, sErrorMessage) {
   var from = String(oMessage.FromAddress).toLowerCase();
   var to = String(sRecipient).toLowerCase();
   // A note about a note would go round for ever.
   if (from === "" || from === SENDER || to === RECIPIENT || !isOurs(from)) return;
   var note = new ActiveXObject("hMailServer.Message");
   note.FromAddress = SENDER;
   note.From = SENDER;
   note.AddRecipient("", RECIPIENT);
   note.Subject = "Not delivered: " + from + " to " + to;
   note.Body = "Subject: " + oMessage.Subject + "\r\nFrom: " + from + "\r\nTo: " + to + "\r\n\r\n" + sErrorMessage;
   note.HeaderValue("Auto-Submitted") = "auto-generated";
   note.Save();
}

function isOurs(address) {
   for (var i = 0; i < DOMAINS.length; i++)
      if (address.split("@").pop() === DOMAINS[i]) return true;
   return false;
}
