// What each client's program does, told line by line: this one with .NET's, written for the original's Interop.hMailServer.dll.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using hMailServer;

public static class Scenario
{
    private static string Points(string text)
    {
        var points = new List<string>();
        for (int index = 0; index < text.Length; index += char.IsSurrogatePair(text, index) ? 2 : 1)
            points.Add(char.ConvertToUtf32(text, index).ToString("X4"));
        return string.Join(" ", points);
    }

    private static void Refused(Action attempt)
    {
        try
        {
            attempt();
        }
        catch (COMException error)
        {
            Console.WriteLine("{0:X8} {1}: {2}", error.ErrorCode, error.Source, error.Message);
        }
    }

    public static void Main()
    {
        Application app = new Application();
        Refused(() => Console.WriteLine(app.Domains.Count));
        Console.WriteLine(app.Authenticate("Administrator", "wrong") == null);
        Console.WriteLine(app.Authenticate("administrator", "secret-0").Address);

        Domains domains = app.Domains;
        Domain domain = domains.Add();
        domain.Name = "new.test";
        domain.Active = true;
        Console.WriteLine("{0} {1}", domain.ID, domains.Count);
        domain.Save();
        Console.WriteLine("{0} {1} {2}", domain.ID > 0, domains.Count, domains.get_ItemByName("NEW.TEST").Name);

        Account account = domain.Accounts.Add();
        account.Address = "zoe@new.test";
        account.Password = "Pass-w0rd";
        account.Active = true;
        account.MaxSize = 10;
        account.PersonFirstName = "Zo\u00eb \u732b \U0001F600";
        account.Save();
        Console.WriteLine("{0} {1} {2} {3}", account.MaxSize, account.ValidatePassword("Pass-w0rd"), account.ValidatePassword("other"), Points(account.PersonFirstName));
        Account doubled = domain.Accounts.Add();
        doubled.Address = "ZOE@new.test";
        Refused(doubled.Save);
        Refused(() => Console.WriteLine(domain.Accounts[99].Address));

        Alias alias = domain.Aliases.Add();
        alias.Name = "sales@new.test";
        alias.Value = "zoe@new.test";
        alias.Active = true;
        alias.Save();
        DistributionList crew = domain.DistributionLists.Add();
        crew.Address = "crew@new.test";
        crew.Active = true;
        crew.Save();
        DistributionListRecipient member = crew.Recipients.Add();
        member.RecipientAddress = "zoe@new.test";
        member.Save();
        Console.WriteLine("{0} {1}", domain.Aliases.get_ItemByName("sales@new.test").Value, domain.DistributionLists[0].Recipients.Count);

        Rule rule = account.Rules.Add();
        rule.Name = "Bills";
        RuleCriteria criterion = rule.Criterias.Add();
        criterion.PredefinedField = eRulePredefinedField.eFTSubject;
        criterion.MatchType = eRuleMatchType.eMTContains;
        criterion.MatchValue = "bill";
        criterion.Save();
        RuleAction action = rule.Actions.Add();
        action.Type = eRuleActionType.eRAMoveToImapFolder;
        action.IMAPFolder = "Bills";
        action.Save();
        rule.Save();
        Console.WriteLine("{0} {1} {2}", account.Rules.Count, account.Rules[0].Criterias[0].MatchValue, account.Rules[0].Actions[0].IMAPFolder);

        IMAPFolder folder = account.IMAPFolders.Add("\u00c4rger \u732b");
        Message message = folder.Messages.Add();
        message.Subject = "Gr\u00fc\u00dfe \U0001F600";
        message.Body = "Ein Text.\r\n";
        message.FromAddress = "zoe@new.test";
        message.set_HeaderValue("X-Test", "one");
        message.Save();
        Message again = account.IMAPFolders.get_ItemByName("\u00c4rger \u732b").Messages[0];
        bool late = ((DateTime)again.InternalDate).Year > 2020;
        Console.WriteLine("{0} {1} {2} {3} {4}", Points(again.Subject), again.get_HeaderValue("x-test"), again.State, again.UID, late);
        string body = again.Body.Replace("\r\n", "\\r\\n");
        Console.WriteLine("{0} {1} {2}", Points(account.IMAPFolders.get_ItemByName("\u00c4rger \u732b").Name), again.HasBodyType("text/plain"), body);
        string text;
        Refused(() => app.Settings.AntiVirus.TestClamAVScanner("127.0.0.1", 1, out text));

        domain.Delete();
        Console.WriteLine(app.Domains.Count);
    }
}
