// What each client's program does, told line by line: this one with JScript's, by new ActiveXObject and IDispatch.
function points(text) {
    var found = [], index, code;
    for (index = 0; index < text.length; index++) {
        code = text.charCodeAt(index);
        if (code >= 0xD800 && code < 0xDC00)
            code = 0x10000 + (code - 0xD800) * 0x400 + text.charCodeAt(++index) - 0xDC00;
        found.push(padded(code, 4));
    }
    return found.join(" ");
}

function padded(number, length) {
    var found = number.toString(16).toUpperCase();
    while (found.length < length)
        found = "0" + found;
    return found;
}

function words() {
    var found = [], index, one;
    for (index = 0; index < arguments.length; index++) {
        one = arguments[index];
        found.push(typeof one === "boolean" ? (one ? "True" : "False") : String(one));
    }
    WScript.Echo(found.join(" "));
}

function refused(attempt) {
    try {
        attempt();
    } catch (error) { // JScript's errors have no source
        WScript.Echo(padded(error.number >>> 0, 8) + " hMailServer COM library: " + error.description);
    }
}

var app = new ActiveXObject("hMailServer.Application");
refused(function () { app.Domains.Count; });
words(app.Authenticate("Administrator", "wrong") === null);
words(app.Authenticate("administrator", "secret-0").Address);

var domains = app.Domains, domain = domains.Add();
domain.Name = "new.test";
domain.Active = true;
words(domain.ID, domains.Count);
domain.Save();
words(domain.ID > 0, domains.Count, domains.ItemByName("NEW.TEST").Name);

var account = domain.Accounts.Add();
account.Address = "zoe@new.test";
account.Password = "Pass-w0rd";
account.Active = true;
account.MaxSize = "10";
account.PersonFirstName = "Zo\u00eb \u732b \ud83d\ude00";
account.Save();
words(account.MaxSize, account.ValidatePassword("Pass-w0rd"), account.ValidatePassword("other"), points(account.PersonFirstName));
var doubled = domain.Accounts.Add();
doubled.Address = "ZOE@new.test";
refused(function () { doubled.Save(); });
refused(function () { domain.Accounts(99); });

var alias = domain.Aliases.Add();
alias.Name = "sales@new.test";
alias.Value = "zoe@new.test";
alias.Active = true;
alias.Save();
var crew = domain.DistributionLists.Add();
crew.Address = "crew@new.test";
crew.Active = true;
crew.Save();
var member = crew.Recipients.Add();
member.RecipientAddress = "zoe@new.test";
member.Save();
words(domain.Aliases.ItemByName("sales@new.test").Value, domain.DistributionLists(0).Recipients.Count);

var rule = account.Rules.Add();
rule.Name = "Bills";
var criterion = rule.Criterias.Add();
criterion.PredefinedField = 4;
criterion.MatchType = 2;
criterion.MatchValue = "bill";
criterion.Save();
var action = rule.Actions.Add();
action.Type = 4;
action.IMAPFolder = "Bills";
action.Save();
rule.Save();
words(account.Rules.Count, account.Rules(0).Criterias(0).MatchValue, account.Rules.Item(0).Actions(0).IMAPFolder);

var folder = account.IMAPFolders.Add("\u00c4rger \u732b");
var message = folder.Messages.Add();
message.Subject = "Gr\u00fc\u00dfe \ud83d\ude00";
message.Body = "Ein Text.\r\n";
message.FromAddress = "zoe@new.test";
message.HeaderValue("X-Test") = "one";
message.Save();
for (var walk = new Enumerator(account.IMAPFolders.ItemByName("\u00c4rger \u732b").Messages); !walk.atEnd(); walk.moveNext()) {
    var again = walk.item();
    words(points(again.Subject), again.HeaderValue("x-test"), again.State, again.UID, new Date(again.InternalDate).getFullYear() > 2020);
}
words(points(account.IMAPFolders.ItemByName("\u00c4rger \u732b").Name), again.HasBodyType("text/plain"), again.Body.replace(/\r\n/g, "\\r\\n"));
refused(function () { app.Settings.AntiVirus.TestClamAVScanner("127.0.0.1", 1, ""); });

domain.Delete();
words(app.Domains.Count);
