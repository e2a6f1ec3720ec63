"""What each client's program does, told line by line: this one with Python's."""

# mypy: ignore-errors - a program as people write them
import sys

from postroom.client import Application, com_error


def points(text):
    """Tell a text as code points, whatever the console can show."""
    return " ".join(f"{ord(one):04X}" for one in text)


def refused(attempt):
    """Tell how an attempt is refused."""
    try:
        attempt()
    except com_error as error:
        print(f"{error.excepinfo[5] & 0xFFFFFFFF:08X} {error.excepinfo[1]}: {error.excepinfo[2]}")


def main(url):
    app = Application(url)
    refused(lambda: app.Domains.Count)
    print(app.Authenticate("Administrator", "wrong") is None)
    print(app.Authenticate("administrator", "secret-0").Address)

    domains = app.Domains
    domain = domains.Add()
    domain.Name = "new.test"
    domain.Active = True
    print(domain.ID, domains.Count)
    domain.Save()
    print(domain.ID > 0, domains.Count, domains.ItemByName("NEW.TEST").Name)

    account = domain.Accounts.Add()
    account.Address = "zoe@new.test"
    account.Password = "Pass-w0rd"
    account.Active = True
    account.MaxSize = "10"
    account.PersonFirstName = "Zoë 猫 😀"
    account.Save()
    print(account.MaxSize, account.ValidatePassword("Pass-w0rd"), account.ValidatePassword("other"), points(account.PersonFirstName))
    double = domain.Accounts.Add()
    double.Address = "ZOE@new.test"
    refused(double.Save)
    refused(lambda: domain.Accounts.Item(99))

    alias = domain.Aliases.Add()
    alias.Name = "sales@new.test"
    alias.Value = "zoe@new.test"
    alias.Active = True
    alias.Save()
    crew = domain.DistributionLists.Add()
    crew.Address = "crew@new.test"
    crew.Active = True
    crew.Save()
    member = crew.Recipients.Add()
    member.RecipientAddress = "zoe@new.test"
    member.Save()
    print(domain.Aliases.ItemByName("sales@new.test").Value, domain.DistributionLists.Item(0).Recipients.Count)

    rule = account.Rules.Add()
    rule.Name = "Bills"
    criterion = rule.Criterias.Add()
    criterion.PredefinedField = 4
    criterion.MatchType = 2
    criterion.MatchValue = "bill"
    criterion.Save()
    action = rule.Actions.Add()
    action.Type = 4
    action.IMAPFolder = "Bills"
    action.Save()
    rule.Save()
    print(account.Rules.Count, account.Rules.Item(0).Criterias.Item(0).MatchValue, account.Rules.Item(0).Actions.Item(0).IMAPFolder)

    folder = account.IMAPFolders.Add("Ärger 猫")
    message = folder.Messages.Add()
    message.Subject = "Grüße 😀"
    message.Body = "Ein Text.\r\n"
    message.FromAddress = "zoe@new.test"
    message.SetHeaderValue("X-Test", "one")
    message.Save()
    again = account.IMAPFolders.ItemByName("Ärger 猫").Messages.Item(0)
    print(points(again.Subject), again.HeaderValue("x-test"), again.State, again.UID, again.InternalDate.year > 2020)
    print(points(account.IMAPFolders.ItemByName("Ärger 猫").Name), again.HasBodyType("text/plain"), repr(again.Body)[1:-1])
    refused(lambda: app.Settings.AntiVirus.TestClamAVScanner("127.0.0.1", 1))

    domain.Delete()
    print(app.Domains.Count)


main(sys.argv[1])
