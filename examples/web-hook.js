// Calls a web address for each message to certain recipients: a ticket system, a chat, a home automation.
//
// Trigger:  OnDeliverMessage, the first try of each message. The mail is delivered whatever becomes of the call.
// Settings: RECIPIENTS, whose mail is told; URL; TOKEN, by which the other side knows that it is you; SECONDS, how long it may take.
// Needs:    for an address in your own network the setting script_http_networks; public addresses need nothing.

var RECIPIENTS = ["support@example.test"];
var URL = "https://tickets.example.com/mail";
var TOKEN = "a long secret";
var SECONDS = 10;

function OnDeliverMessage(oMessage) {
   if (oMessage.DeliveryAttempt > 1) return;
   for (var i = 0; i < oMessage.Recipients.Count; i++) {
      var recipient = String(oMessage.Recipients(i).OriginalAddress).toLowerCase();
      if (contains(RECIPIENTS, recipient)) call(oMessage, recipient);
   }
}

function call(oMessage, recipient) {
   var fields = {
      from: oMessage.FromAddress,
      to: recipient,
      subject: oMessage.Subject,
      text: String(oMessage.Body).slice(0, 10000)
   };
   var body = [];
   for (var name in fields) body.push(name + "=" + encodeURIComponent(fields[name]));
   try {
      var request = new ActiveXObject("MSXML2.ServerXMLHTTP.6.0");
      request.setTimeouts(SECONDS * 1000, SECONDS * 1000, SECONDS * 1000, SECONDS * 1000);
      request.open("POST", URL, false);
      request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      request.setRequestHeader("Authorization", "Bearer " + TOKEN);
      request.send(body.join("&"));
      if (request.status >= 300) EventLog.Write("web-hook: " + URL + " answered " + request.status);
   } catch (problem) {
      EventLog.Write("web-hook: " + problem.description);
   }
}

function contains(list, wanted) {
   for (var i = 0; i < list.length; i++)
      if (list[i] == wanted) return true;
   return false;
}
