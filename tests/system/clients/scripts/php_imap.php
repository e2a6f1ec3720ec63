<?php
// A mailbox through PHP's imap extension (the c-client library): one verb, JSON out.
[$verb, $folder] = [$argv[1], $argv[2] ?? ""];
$words = array_slice($argv, 3);
$place = sprintf("{%s:%s/imap/ssl}", getenv("HOST"), getenv("PORT"));
$wire = fn(string $name): string => $place . mb_convert_encoding($name, "UTF7-IMAP", "UTF-8");
$flags = ["seen" => "\\Seen", "flagged" => "\\Flagged", "answered" => "\\Answered", "draft" => "\\Draft", "deleted" => "\\Deleted"];

imap_timeout(IMAP_OPENTIMEOUT, 20);
$mode = in_array($verb, ["find", "read", "mark", "move", "delete"]) ? 0 : OP_HALFOPEN;
$mailbox = imap_open($mode ? $place : $wire($folder), getenv("ADDRESS"), getenv("PASSWORD"), $mode) or fail();

function fail(): never {
    fwrite(STDERR, implode("\n", imap_errors() ?: ["refused"]) . "\n");
    exit(1);
}

function read_all($mailbox, array $flags): array {
    $found = [];
    for ($number = 1; $number <= imap_num_msg($mailbox); $number++) {
        $message = imap_fetchbody($mailbox, $number, "", FT_PEEK);
        [$overview] = imap_fetch_overview($mailbox, (string) $number);
        $found[] = [base64_encode($message), array_values(array_filter($flags, fn($name) => $overview->{array_search($name, $flags)}))];
    }
    return $found;
}

$answer = match ($verb) {
    "folders" => array_map(
        fn($name) => mb_convert_encoding(substr($name, strlen($place)), "UTF-8", "UTF7-IMAP"), imap_list($mailbox, $place, "*") ?: fail()),
    "create" => imap_createmailbox($mailbox, $wire($folder)),
    "rename" => imap_renamemailbox($mailbox, $wire($folder), $wire($words[0])),
    "remove" => imap_deletemailbox($mailbox, $wire($folder)),
    "read" => read_all($mailbox, $flags),
    "file" => imap_append($mailbox, $wire($folder), stream_get_contents(STDIN), $words[0] ?: null),
    "find" => imap_search($mailbox, "SUBJECT \"$words[0]\"", SE_UID, "UTF-8") ?: [],
    "mark" => imap_setflag_full($mailbox, $words[0], $words[1], ST_UID),
    "move" => imap_mail_move($mailbox, $words[0], mb_convert_encoding($words[1], "UTF7-IMAP", "UTF-8"), CP_UID) && imap_expunge($mailbox),
    "delete" => imap_delete($mailbox, $words[0], FT_UID) && imap_expunge($mailbox),
};
if ($answer === false) fail();
imap_errors();
imap_alerts();
imap_close($mailbox);
echo json_encode($answer), "\n";
