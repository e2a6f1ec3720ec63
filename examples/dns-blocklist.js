// Hangs up on clients whose address is on a DNS block list, before they have said anything.
//
// Trigger:  OnClientConnect.
// Settings: LISTS, the lists' zones (read their terms of use first); PORTS, where other servers come in; SPARED, addresses that are not looked up.
// Note:     a list that does not answer lets the client in. Answers outside 127.0.0.0/8, and 127.255.255.x (the list refuses to tell), don't count.

var LISTS = ["zen.spamhaus.org", "bl.spamcop.net"];
var PORTS = [25];
var SPARED = /^(127|10|192\.168)\./;

function OnClientConnect(oClient) {
   var address = String(oClient.IPAddress);
   if (!contains(PORTS, oClient.Port) || SPARED.test(address) || !/^\d+\.\d+\.\d+\.\d+$/.test(address)) return;
   var resolver = new ActiveXObject("DNSLibrary.DNSResolver");
   var backwards = address.split(".").reverse().join(".");
   for (var i = 0; i < LISTS.length; i++) {
      var answer = String(resolver.DNSLookup(backwards + "." + LISTS[i]));
      if (/^127\./.test(answer) && !/^127\.255\.255\./.test(answer)) {
         EventLog.Write(address + " is listed by " + LISTS[i] + " (" + answer.split("\r\n")[0] + ")");
         Result.Value = 1;
         return;
      }
   }
}

function contains(list, wanted) {
   for (var i = 0; i < list.length; i++)
      if (list[i] == wanted) return true;
   return false;
}
