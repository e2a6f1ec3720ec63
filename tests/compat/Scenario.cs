// What an administrator's program written for the original's Interop.hMailServer.dll does, told line by line.
using System;
using System.Runtime.InteropServices;

public static class Scenario
{
    public static void Main()
    {
        Console.OutputEncoding = new System.Text.UTF8Encoding(false);
        hMailServer.Application app = new hMailServer.Application();
        try
        {
            Console.WriteLine(app.Domains.Count);
        }
        catch (COMException error)
        {
            Console.WriteLine("{0:X8} {1}", error.ErrorCode, error.Message);
        }
        Console.WriteLine(app.Authenticate("Administrator", "wrong") == null ? "refused" : "let in");
        hMailServer.Account administrator = app.Authenticate("Administrator", "secret-0");
        Console.WriteLine(administrator.Address);
        hMailServer.Domains domains = app.Domains;
        hMailServer.Domain domain = domains.Add();
        domain.Name = "new.test";
        domain.Active = true;
        domain.Save();
        Console.WriteLine("{0} {1} {2}", domain.Name, domain.ID > 0, domains.Count);
        for (int index = 0; index < app.Domains.Count; index++)
            Console.WriteLine("{0} {1} {2}", index, app.Domains[index].Name, app.Domains[index].Active);
        Console.WriteLine(domains.get_ItemByName("NEW.test").Name);
        try
        {
            domains.get_ItemByName("nowhere.test");
        }
        catch (COMException error)
        {
            Console.WriteLine("{0:X8} {1} {2}", error.ErrorCode, error.Message, error.Source);
        }
        Console.WriteLine((int)hMailServer.eAdminLevel.hAdminLevelServerAdmin);
    }
}
