// Refuses clients that lie in HELO: those that call themselves by this server's own names, localhost, or no name at all.
//
// Trigger:  OnHELO.
// Settings: PORTS, where other servers come in (users' programs on 587 say what they like); OWN, names that only this server has;
//           TRUSTED, addresses that may say anything.

var PORTS = [25];
var OWN = ["mail.example.test", "example.test", "localhost", "localhost.localdomain"];
var TRUSTED = ["127.0.0.1", "::1"];

function OnHELO(oClient) {
   if (!contains(PORTS, oClient.Port) || contains(TRUSTED, oClient.IPAddress)) return;
   var name = String(oClient.HELO).toLowerCase();
   var why = "";
   if (contains(OWN, name)) why = "that is this server's own name";
   else if (name.charAt(0) != "[" && name.indexOf(".") < 0) why = "a full host name is needed";
   if (why === "") return;
   EventLog.Write("HELO refused: " + name + " from " + oClient.IPAddress + ", " + why);
   Result.Value = 2;
   Result.Message = "5.7.1 HELO refused: " + why;
}

function contains(list, wanted) {
   for (var i = 0; i < list.length; i++)
      if (list[i] == wanted) return true;
   return false;
}
