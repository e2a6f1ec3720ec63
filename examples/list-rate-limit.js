// Limits how often each sender may write to a distribution list, so that one quarrel does not fill everybody's mailbox.
//
// Trigger:  OnSMTPData. Mail above the limit is put off (453) and gets through later.
// Settings: LISTS, the lists' addresses; LIMIT, messages an hour of one sender to one list; DATABASE, the SQLite file that keeps count.

var LISTS = ["all@example.test"];
var LIMIT = 5;
var DATABASE = "C:\\Program Files (x86)\\hMailServer\\Events\\list-rate-limit.db";

function OnSMTPData(oClient, oMessage) {
   var written = {};
   for (var i = 0; i < oMessage.Recipients.Count; i++) {
      var address = String(oMessage.Recipients(i).OriginalAddress).toLowerCase();
      if (contains(LISTS, address)) written[address] = true;
   }
   for (var list in written) {
      if (postsOf(String(oMessage.FromAddress).toLowerCase(), list) <= LIMIT) continue;
      Result.Value = 3;
      Result.Message = "4.7.1 You have written to " + list + " " + LIMIT + " times within an hour. Please try again later.";
      return;
   }
}

// Counts this message; gives how many there were within an hour, this one included.
function postsOf(sender, list) {
   var connection = new ActiveXObject("ADODB.Connection");
   connection.Open("Driver={SQLite3};Database=" + DATABASE);
   connection.Execute("CREATE TABLE IF NOT EXISTS post (sender TEXT, list TEXT, at TEXT DEFAULT CURRENT_TIMESTAMP)");
   connection.Execute("DELETE FROM post WHERE at < datetime('now', '-1 hour')");
   query(connection, "INSERT INTO post (sender, list) VALUES (?, ?)", [sender, list]);
   var rows = query(connection, "SELECT count(*) FROM post WHERE sender = ? AND list = ?", [sender, list]);
   var count = Number(rows.Fields(0).Value);
   rows.Close();
   connection.Close();
   return count;
}

// Values go in by question marks, never by putting text together: a sender's name can't become a part of the statement.
function query(connection, sql, values) {
   var command = new ActiveXObject("ADODB.Command");
   command.ActiveConnection = connection;
   command.CommandText = sql;
   for (var i = 0; i < values.length; i++)
      command.Parameters.Append(command.CreateParameter("", 200, 1, 320, values[i]));
   return command.Execute();
}

function contains(list, wanted) {
   for (var i = 0; i < list.length; i++)
      if (list[i] == wanted) return true;
   return false;
}
