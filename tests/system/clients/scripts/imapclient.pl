# A mailbox through Mail::IMAPClient: one verb, JSON out.
use strict;
use warnings;
use Encode qw(decode encode);
use JSON::PP qw(encode_json);
use MIME::Base64 qw(encode_base64);
use Mail::IMAPClient;

my ($verb, $folder, @words) = @ARGV;
my $imap = Mail::IMAPClient->new(
    Server => $ENV{HOST}, Port => $ENV{PORT}, User => $ENV{ADDRESS}, Password => $ENV{PASSWORD}, Uid => 1, Peek => 1, Timeout => 20,
    Ssl => [SSL_ca_file => $ENV{SSL_CERT_FILE}, SSL_verify_mode => 1],
) or die "no connection: $@";

sub wire { my $name = decode("UTF-8", shift); $name =~ s{([^ -~]+|&)}{shifted($1)}ge; return encode("ASCII", $name) }
sub shifted {
    my $run = shift;
    return "&-" if $run eq "&";
    my $base = encode_base64(encode("UTF-16BE", $run), "");
    $base =~ s/=+$//;
    $base =~ tr{/}{,};
    return "&$base-";
}
sub plain { my $name = shift; $name =~ s{&([^-]*)-}{unshifted($1)}ge; return $name }
sub unshifted {
    my $base = shift;
    return "&" if $base eq "";
    $base =~ tr{,}{/};
    return decode("UTF-16BE", MIME::Base64::decode_base64($base . "=" x (-length($base) % 4)));
}
sub sure { my $answer = shift; die "$verb was refused: " . $imap->LastError . "\n" unless defined $answer && $answer; return \1 }

my %verbs = (
    folders => sub { [map { plain($_) } $imap->folders] },
    create => sub { sure($imap->create(wire($folder))) },
    rename => sub { sure($imap->rename(wire($folder), wire($words[0]))) },
    remove => sub { sure($imap->delete(wire($folder))) },
    read => sub {
        sure($imap->select(wire($folder)));
        [map { [encode_base64($imap->message_string($_), ""), [$imap->flags($_)]] } $imap->messages];
    },
    file => sub {
        my $message = do { local $/; binmode STDIN; <STDIN> };
        sure($imap->append_string(wire($folder), $message, $words[0] || ""));
    },
    find => sub {
        sure($imap->select(wire($folder)));
        [$imap->search("CHARSET", "UTF-8", "SUBJECT", $words[0])];
    },
    mark => sub { sure($imap->select(wire($folder))); sure($imap->store($words[0], "+FLAGS", "($words[1])")) },
    move => sub { sure($imap->select(wire($folder))); sure($imap->move(wire($words[1]), $words[0])); sure($imap->expunge) },
    delete => sub { sure($imap->select(wire($folder))); sure($imap->delete_message($words[0])); sure($imap->uidexpunge($words[0])) },
);
my $answer = $verbs{$verb}->();
$imap->logout;
print encode_json(ref $answer ? $answer : [$answer]), "\n";
