<?php
// What a web admin written for Windows does, told line by line.
require $argv[1] . '/com.php';
ini_set('html_errors', 0);
$app = new COM('hMailServer.Application', NULL, CP_UTF8);
try {
    $app->Domains;
} catch (com_exception $error) {
    echo strtok($error->getMessage(), "\n"), '|', strtok("\n"), '|', $error->getCode(), "\n";
}
echo var_export($app->Authenticate('Administrator', 'wrong'), true), "\n";
echo $app->Authenticate('Administrator', 'secret-0')->Address, "\n";
$domains = $app->Domains;
$domain = $domains->Add();
$domain->Name = 'münchen.test';
$domain->Active = true;
$domain->Save();
echo $domain->Name, ' ', $domain->ID > 0 ? 'saved' : 'new', ' ', count($domains), "\n";
foreach ($app->Domains as $number => $one) {
    echo $number, ' ', $one->Name, ' ', var_export($one->Active, true), "\n";
}
echo $app->Domains[0]->Name, ' ', $app->Domains->Item(0)->ID === $app->Domains(0)->ID ? 'same' : 'other', "\n";
try {
    $domains->ItemByName('nowhere.test');
} catch (com_exception $error) {
    echo $error->description, ' ', sprintf('%08X', $error->getCode() & 0xFFFFFFFF), "\n";
}
ini_set('html_errors', 1);
try {
    new COM('hMailServer.Nothing');
} catch (com_exception $error) {
    echo $error->getMessage(), "\n";
}
echo isset($domain->Name) ? 'has' : 'lacks', ' ', isset($domain->Nothing) ? 'has' : 'lacks', ' ', hAdminLevelServerAdmin, "\n";
