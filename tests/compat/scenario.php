<?php
// What each client's program does, told line by line: this one with PHP's.
require $argv[1] . '/com.php';

function points($text)
{
    return implode(' ', array_map(function ($one) {
        return sprintf('%04X', mb_ord($one));
    }, mb_str_split($text)));
}

function refused($attempt)
{
    try {
        $attempt();
    } catch (com_exception $error) {
        ini_set('html_errors', 0);
        preg_match('/^Source: (.*)\nDescription: (.*)$/', $error->getMessage(), $told);
        printf("%08X %s: %s\n", $error->getCode() & 0xFFFFFFFF, $told[1], $told[2]);
    }
}

function tell()
{
    $words = array_map(function ($one) {
        return is_bool($one) ? ($one ? 'True' : 'False') : $one;
    }, func_get_args());
    echo implode(' ', $words), "\n";
}

$app = new COM('hMailServer.Application', NULL, CP_UTF8);
refused(function () use ($app) { $app->Domains->Count; });
tell($app->Authenticate('Administrator', 'wrong') === null);
tell($app->Authenticate('administrator', 'secret-0')->Address);

$domains = $app->Domains;
$domain = $domains->Add();
$domain->Name = 'new.test';
$domain->Active = true;
tell($domain->ID, $domains->Count);
$domain->Save();
tell($domain->ID > 0, $domains->Count, $domains->ItemByName('NEW.TEST')->Name);

$account = $domain->Accounts->Add();
$account->Address = 'zoe@new.test';
$account->Password = 'Pass-w0rd';
$account->Active = true;
$account->MaxSize = '10';
$account->PersonFirstName = 'Zoë 猫 😀';
$account->Save();
tell($account->MaxSize, $account->ValidatePassword('Pass-w0rd'), $account->ValidatePassword('other'), points($account->PersonFirstName));
$double = $domain->Accounts->Add();
$double->Address = 'ZOE@new.test';
refused(function () use ($double) { $double->Save(); });
refused(function () use ($domain) { $domain->Accounts->Item(99); });

$alias = $domain->Aliases->Add();
$alias->Name = 'sales@new.test';
$alias->Value = 'zoe@new.test';
$alias->Active = true;
$alias->Save();
$crew = $domain->DistributionLists->Add();
$crew->Address = 'crew@new.test';
$crew->Active = true;
$crew->Save();
$member = $crew->Recipients->Add();
$member->RecipientAddress = 'zoe@new.test';
$member->Save();
tell($domain->Aliases->ItemByName('sales@new.test')->Value, $domain->DistributionLists->Item(0)->Recipients->Count);

$rule = $account->Rules->Add();
$rule->Name = 'Bills';
$criterion = $rule->Criterias->Add();
$criterion->PredefinedField = eFTSubject;
$criterion->MatchType = eMTContains;
$criterion->MatchValue = 'bill';
$criterion->Save();
$action = $rule->Actions->Add();
$action->Type = eRAMoveToImapFolder;
$action->IMAPFolder = 'Bills';
$action->Save();
$rule->Save();
tell($account->Rules->Count, $account->Rules->Item(0)->Criterias->Item(0)->MatchValue, $account->Rules->Item(0)->Actions->Item(0)->IMAPFolder);

$folder = $account->IMAPFolders->Add('Ärger 猫');
$message = $folder->Messages->Add();
$message->Subject = 'Grüße 😀';
$message->Body = "Ein Text.\r\n";
$message->FromAddress = 'zoe@new.test';
$message->HeaderValue['X-Test'] = 'one';
$message->Save();
$again = $account->IMAPFolders->ItemByName('Ärger 猫')->Messages[0];
tell(points($again->Subject), $again->HeaderValue('x-test'), $again->State, $again->UID, (int) date('Y', variant_date_to_timestamp($again->InternalDate)) > 2020);
tell(points($account->IMAPFolders->ItemByName('Ärger 猫')->Name), $again->HasBodyType('text/plain'), str_replace("\r\n", '\r\n', $again->Body));
refused(function () use ($app) { $app->Settings->AntiVirus->TestClamAVScanner('127.0.0.1', 1, $text); });

$domain->Delete();
tell($app->Domains->Count);
