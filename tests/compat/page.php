<?php
// A page of a web server: com.php was loaded for it by auto_prepend_file.
try {
    $app = new COM('hMailServer.Application', NULL, CP_UTF8);
    if (!$app->Authenticate($_GET['name'], $_GET['password'])) {
        throw new Exception('refused');
    }
    foreach ($app->Domains as $domain) {
        echo $domain->Name, "\n";
    }
    $app->Domains->ItemByName('<nobody>');
} catch (Exception $error) {
    echo $error->getMessage(), "\n";
}
