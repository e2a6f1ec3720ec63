// Tells users by mail when their account was opened from a network from which it never was before.
//
// Trigger:  OnClientLogon.
// Settings: FOLDER, where the networks of each user are noted; SENDER, from whom the alert comes.
// Note:     the first network of each user is noted without a word.

var FOLDER = "C:\\Program Files (x86)\\hMailServer\\Events\\logins";
var SENDER = "postmaster@example.test";

function OnClientLogon(oClient) {
   if (!oClient.Authenticated) return;
   var user = String(oClient.Username).toLowerCase();
   var address = String(oClient.IPAddress);
   var network = networkOf(address);
   var known = networksOf(user);
   if (known.indexOf(" " + network + " ") >= 0) return;
   note(user, network);
   if (known !== " ") alertUser(user, address);
}

// The first three numbers of an IPv4 address, the first four groups of an IPv6 one: providers change what follows.
function networkOf(address) {
   return address.indexOf(":") < 0 ? address.split(".").slice(0, 3).join(".") : address.split(":").slice(0, 4).join(":");
}

function fileOf(user) {
   return FOLDER + "\\" + user.replace(/[^a-z0-9.@_-]/g, "_") + ".txt";
}

function networksOf(user) {
   var files = new ActiveXObject("Scripting.FileSystemObject");
   if (!files.FileExists(fileOf(user))) return " ";
   var file = files.OpenTextFile(fileOf(user), 1);
   var text = file.AtEndOfStream ? "" : String(file.ReadAll());
   file.Close();
   return " " + text.replace(/\s+/g, " ");
}

function note(user, network) {
   var files = new ActiveXObject("Scripting.FileSystemObject");
   if (!files.FolderExists(FOLDER)) files.CreateFolder(FOLDER);
   var file = files.OpenTextFile(fileOf(user), 8, true);
   file.WriteLine(network);
   file.Close();
}

function alertUser(user, address) {
   var message = new ActiveXObject("hMailServer.Message");
   message.FromAddress = SENDER;
   message.From = SENDER;
   message.AddRecipient("", user);
   message.Subject = "Your account was opened from a new place";
   message.Body = "Somebody logged in to " + user + " from " + address + " just now.\r\n\r\n" +
      "If that was not you, change your password at once and tell your administrator.";
   message.HeaderValue("Auto-Submitted") = "auto-generated";
   message.Save();
}
