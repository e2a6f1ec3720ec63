// What each client's program does, told line by line: this one with C++'s, by the vtables of the type library's interfaces.
#include "com.h"

#include "hMailServer.h"

static std::string points(const std::wstring &text) {
    std::string found;
    for (size_t index = 0; index < text.size(); ++index) {
        unsigned long code = text[index];
        if (code >= 0xD800 && code < 0xDC00)
            code = 0x10000 + ((code - 0xD800) << 10) + text[++index] - 0xDC00;
        char one[12];
        snprintf(one, sizeof one, "%s%04lX", found.empty() ? "" : " ", code);
        found += one;
    }
    return found;
}

static const char *word(VARIANT_BOOL value) { return value == VARIANT_TRUE ? "True" : value == VARIANT_FALSE ? "False" : "neither"; }

template <class Attempt> void refused(Attempt attempt) {
    try {
        attempt();
    } catch (const Error &error) {
        printf("%08lX %s: %s\n", static_cast<unsigned long>(error.code), utf8(error.source).c_str(), utf8(error.text).c_str());
    }
}

template <class Interface, class Member> std::wstring text_of(const Com<Interface> &object, Member member) {
    return ask<Text>(object, member).units();
}

template <class Interface> LONG count(const Com<Interface> &collection) { return ask<LONG>(collection, &Interface::get_Count); }

static int year(const VARIANT &date) {
    SYSTEMTIME time = {};
    return date.vt == VT_DATE && VariantTimeToSystemTime(date.date, &time) ? time.wYear : 0;
}

static void organize(const Com<IInterfaceDomain> &domain) {
    auto aliases = ask<Com<IInterfaceAliases>>(domain, &IInterfaceDomain::get_Aliases);
    auto alias = ask<Com<IInterfaceAlias>>(aliases, &IInterfaceAliases::Add);
    check(alias->put_Name(Text(L"sales@new.test")));
    check(alias->put_Value(Text(L"zoe@new.test")));
    check(alias->put_Active(VARIANT_TRUE));
    check(alias->Save());
    auto lists = ask<Com<IInterfaceDistributionLists>>(domain, &IInterfaceDomain::get_DistributionLists);
    auto crew = ask<Com<IInterfaceDistributionList>>(lists, &IInterfaceDistributionLists::Add);
    check(crew->put_Address(Text(L"crew@new.test")));
    check(crew->put_Active(VARIANT_TRUE));
    check(crew->Save());
    auto recipients = ask<Com<IInterfaceDistributionListRecipients>>(crew, &IInterfaceDistributionList::get_Recipients);
    auto member = ask<Com<IInterfaceDistributionListRecipient>>(recipients, &IInterfaceDistributionListRecipients::Add);
    check(member->put_RecipientAddress(Text(L"zoe@new.test")));
    check(member->Save());
    auto found = ask<Com<IInterfaceAlias>>(ask<Com<IInterfaceAliases>>(domain, &IInterfaceDomain::get_Aliases), &IInterfaceAliases::get_ItemByName,
                                           Text(L"sales@new.test"));
    auto first = ask<Com<IInterfaceDistributionList>>(ask<Com<IInterfaceDistributionLists>>(domain, &IInterfaceDomain::get_DistributionLists),
                                                      &IInterfaceDistributionLists::get_Item, 0);
    printf("%s %ld\n", utf8(text_of(found, &IInterfaceAlias::get_Value)).c_str(),
           count(ask<Com<IInterfaceDistributionListRecipients>>(first, &IInterfaceDistributionList::get_Recipients)));
}

static void rule(const Com<IInterfaceAccount> &account) {
    auto rule = ask<Com<IInterfaceRule>>(ask<Com<IInterfaceRules>>(account, &IInterfaceAccount::get_Rules), &IInterfaceRules::Add);
    check(rule->put_Name(Text(L"Bills")));
    auto criterias = ask<Com<IInterfaceRuleCriterias>>(rule, &IInterfaceRule::get_Criterias);
    auto criterion = ask<Com<IInterfaceRuleCriteria>>(criterias, &IInterfaceRuleCriterias::Add);
    check(criterion->put_PredefinedField(eFTSubject));
    check(criterion->put_MatchType(eMTContains));
    check(criterion->put_MatchValue(Text(L"bill")));
    check(criterion->Save());
    auto actions = ask<Com<IInterfaceRuleActions>>(rule, &IInterfaceRule::get_Actions);
    auto action = ask<Com<IInterfaceRuleAction>>(actions, &IInterfaceRuleActions::Add);
    check(action->put_Type(eRAMoveToImapFolder));
    check(action->put_IMAPFolder(Text(L"Bills")));
    check(action->Save());
    check(rule->Save());
    auto rules = ask<Com<IInterfaceRules>>(account, &IInterfaceAccount::get_Rules);
    auto saved = ask<Com<IInterfaceRule>>(rules, &IInterfaceRules::get_Item, 0);
    criterion = ask<Com<IInterfaceRuleCriteria>>(ask<Com<IInterfaceRuleCriterias>>(saved, &IInterfaceRule::get_Criterias), &IInterfaceRuleCriterias::get_Item, 0);
    action = ask<Com<IInterfaceRuleAction>>(ask<Com<IInterfaceRuleActions>>(saved, &IInterfaceRule::get_Actions), &IInterfaceRuleActions::get_Item, 0);
    printf("%ld %s %s\n", count(rules), utf8(text_of(criterion, &IInterfaceRuleCriteria::get_MatchValue)).c_str(),
           utf8(text_of(action, &IInterfaceRuleAction::get_IMAPFolder)).c_str());
}

static void compose(const Com<IInterfaceAccount> &account) {
    auto folders = ask<Com<IInterfaceIMAPFolders>>(account, &IInterfaceAccount::get_IMAPFolders);
    auto folder = ask<Com<IInterfaceIMAPFolder>>(folders, &IInterfaceIMAPFolders::Add, Text(L"\u00c4rger \u732b"));
    auto message = ask<Com<IInterfaceMessage>>(ask<Com<IInterfaceMessages>>(folder, &IInterfaceIMAPFolder::get_Messages), &IInterfaceMessages::Add);
    check(message->put_Subject(Text(L"Gr\u00fc\u00dfe \U0001F600")));
    check(message->put_Body(Text(L"Ein Text.\r\n")));
    check(message->put_FromAddress(Text(L"zoe@new.test")));
    check(message->put_HeaderValue(Text(L"X-Test"), Text(L"one")));
    check(message->Save());
    folders = ask<Com<IInterfaceIMAPFolders>>(account, &IInterfaceAccount::get_IMAPFolders);
    folder = ask<Com<IInterfaceIMAPFolder>>(folders, &IInterfaceIMAPFolders::get_ItemByName, Text(L"\u00c4rger \u732b"));
    auto again = ask<Com<IInterfaceMessage>>(ask<Com<IInterfaceMessages>>(folder, &IInterfaceIMAPFolder::get_Messages), &IInterfaceMessages::get_Item, 0);
    printf("%s %s %ld %ld %s\n", points(text_of(again, &IInterfaceMessage::get_Subject)).c_str(),
           utf8(ask<Text>(again, &IInterfaceMessage::get_HeaderValue, Text(L"x-test")).units()).c_str(), ask<LONG>(again, &IInterfaceMessage::get_State),
           ask<LONG>(again, &IInterfaceMessage::get_UID), year(ask<VARIANT>(again, &IInterfaceMessage::get_InternalDate)) > 2020 ? "True" : "False");
    std::wstring body = text_of(again, &IInterfaceMessage::get_Body);
    body.replace(body.find(L"\r\n"), 2, L"\\r\\n");
    printf("%s %s %s\n", points(text_of(folder, &IInterfaceIMAPFolder::get_Name)).c_str(),
           word(ask<VARIANT_BOOL>(again, &IInterfaceMessage::HasBodyType, Text(L"text/plain"))), utf8(body).c_str());
}

static void scenario() {
    Com<IInterfaceApplication> app;
    check(CoCreateInstance(__uuidof(Application), nullptr, CLSCTX_INPROC_SERVER, __uuidof(IInterfaceApplication), reinterpret_cast<void **>(&app)));
    refused([&] { count(ask<Com<IInterfaceDomains>>(app, &IInterfaceApplication::get_Domains)); });
    puts(ask<Com<IInterfaceAccount>>(app, &IInterfaceApplication::Authenticate, Text(L"Administrator"), Text(L"wrong")) ? "False" : "True");
    auto administrator = ask<Com<IInterfaceAccount>>(app, &IInterfaceApplication::Authenticate, Text(L"administrator"), Text(L"secret-0"));
    puts(utf8(text_of(administrator, &IInterfaceAccount::get_Address)).c_str());

    auto domains = ask<Com<IInterfaceDomains>>(app, &IInterfaceApplication::get_Domains);
    auto domain = ask<Com<IInterfaceDomain>>(domains, &IInterfaceDomains::Add);
    check(domain->put_Name(Text(L"new.test")));
    check(domain->put_Active(VARIANT_TRUE));
    printf("%ld %ld\n", ask<LONG>(domain, &IInterfaceDomain::get_ID), count(domains));
    check(domain->Save());
    auto found = ask<Com<IInterfaceDomain>>(domains, &IInterfaceDomains::get_ItemByName, Text(L"NEW.TEST"));
    printf("%s %ld %s\n", ask<LONG>(domain, &IInterfaceDomain::get_ID) > 0 ? "True" : "False", count(domains),
           utf8(text_of(found, &IInterfaceDomain::get_Name)).c_str());

    auto accounts = ask<Com<IInterfaceAccounts>>(domain, &IInterfaceDomain::get_Accounts);
    auto account = ask<Com<IInterfaceAccount>>(accounts, &IInterfaceAccounts::Add);
    check(account->put_Address(Text(L"zoe@new.test")));
    check(account->put_Password(Text(L"Pass-w0rd")));
    check(account->put_Active(VARIANT_TRUE));
    check(account->put_MaxSize(10));
    check(account->put_PersonFirstName(Text(L"Zo\u00eb \u732b \U0001F600")));
    check(account->Save());
    printf("%ld %s %s %s\n", ask<LONG>(account, &IInterfaceAccount::get_MaxSize),
           word(ask<VARIANT_BOOL>(account, &IInterfaceAccount::ValidatePassword, Text(L"Pass-w0rd"))),
           word(ask<VARIANT_BOOL>(account, &IInterfaceAccount::ValidatePassword, Text(L"other"))),
           points(text_of(account, &IInterfaceAccount::get_PersonFirstName)).c_str());
    auto doubled = ask<Com<IInterfaceAccount>>(accounts, &IInterfaceAccounts::Add);
    check(doubled->put_Address(Text(L"ZOE@new.test")));
    refused([&] { check(doubled->Save()); });
    refused([&] { ask<Com<IInterfaceAccount>>(accounts, &IInterfaceAccounts::get_Item, 99); });

    organize(domain);
    rule(account);
    compose(account);
    auto settings = ask<Com<IInterfaceSettings>>(app, &IInterfaceApplication::get_Settings);
    auto antivirus = ask<Com<IInterfaceAntiVirus>>(settings, &IInterfaceSettings::get_AntiVirus);
    Text told;
    refused([&] { ask<VARIANT_BOOL>(antivirus, &IInterfaceAntiVirus::TestClamAVScanner, Text(L"127.0.0.1"), 1, &told); });

    check(domain->Delete());
    printf("%ld\n", count(ask<Com<IInterfaceDomains>>(app, &IInterfaceApplication::get_Domains)));
}

int main() { return run(COINIT_APARTMENTTHREADED, scenario); }
