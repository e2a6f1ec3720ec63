<?php
/**
 * hMailServer's object model for PHP on any system: the classes COM, VARIANT and com_exception of the Windows extension, over Postroom's
 * remote object protocol. Needs no extension but json and openssl (for TLS).
 *
 *     $app = new COM("hMailServer.Application", NULL, CP_UTF8);
 *     $app->Authenticate("Administrator", "secret");
 *     foreach ($app->Domains as $domain) { echo $domain->Name, "\n"; }
 *
 * The server: the second argument, a name that POSTROOM_SERVERS maps ("office=https://mail.example.com;..."), a URL or a host name; without
 * one POSTROOM_CLIENT_URL, else http://127.0.0.1:8787. Load it by composer, by require, or for a whole site by auto_prepend_file.
 */

if (class_exists('COM', false)) {
    return; // Windows, with the extension itself
}

require_once __DIR__ . '/description.php';

foreach (['CP_ACP' => 0, 'CP_MACCP' => 2, 'CP_OEMCP' => 1, 'CP_UTF7' => 65000, 'CP_UTF8' => 65001, 'CP_SYMBOL' => 42, 'CP_THREAD_ACP' => 3] as $name => $value) {
    defined($name) || define($name, $value);
}
foreach (['VT_NULL' => 1, 'VT_EMPTY' => 0, 'VT_I2' => 2, 'VT_I4' => 3, 'VT_R4' => 4, 'VT_R8' => 5, 'VT_BOOL' => 11, 'VT_ERROR' => 10, 'VT_CY' => 6,
          'VT_DATE' => 7, 'VT_BSTR' => 8, 'VT_DECIMAL' => 14, 'VT_UNKNOWN' => 13, 'VT_DISPATCH' => 9, 'VT_VARIANT' => 12, 'VT_I8' => 20] as $name => $value) {
    defined($name) || define($name, $value);
}

/** The error of every call that fails: the message has source and description, the code is the HRESULT, signed. */
final class com_exception extends Exception
{
    /** @var string what the server says, without decoration */
    public $description;

    public function __construct($description, $hresult, $source = 'hMailServer COM library')
    {
        $this->description = $description;
        $html = ini_get('html_errors');
        $message = $html
            ? '<b>Source:</b> ' . htmlspecialchars($source) . '<br/><b>Description:</b> ' . htmlspecialchars($description)
            : "Source: $source\nDescription: $description";
        parent::__construct($message, $hresult >= 0x80000000 ? $hresult - 0x100000000 : $hresult);
    }
}

/** One connection and one session with a server, shared by all objects of a request that come from there. */
final class PostroomLine
{
    private static $lines = [];
    private $url;
    private $key;
    private $stream = null;
    private $session = null;
    private $number = 0;
    private $released = [];

    /** Gives the line to a server by the name that a program uses for it. */
    public static function to($server)
    {
        if (is_array($server)) {
            $server = isset($server['Server']) ? $server['Server'] : null;
        }
        $url = self::address((string) $server);
        if (!isset(self::$lines[$url])) {
            self::$lines[$url] = new self($url);
            register_shutdown_function([self::$lines[$url], 'close']);
        }
        return self::$lines[$url];
    }

    private static function address($server)
    {
        foreach (explode(';', (string) getenv('POSTROOM_SERVERS')) as $entry) {
            $parts = explode('=', $entry, 2);
            if (count($parts) === 2 && strcasecmp(trim($parts[0]), $server) === 0) {
                return trim($parts[1]);
            }
        }
        if ($server === '') {
            return getenv('POSTROOM_CLIENT_URL') ?: 'http://127.0.0.1:8787';
        }
        return strpos($server, '://') !== false ? $server : "https://$server";
    }

    private function __construct($url)
    {
        $this->url = $url;
        $this->key = (string) getenv('POSTROOM_CLIENT_KEY');
    }

    /** Sends a request of the protocol and gives its result; throws com_exception. */
    public function request($method, array $params)
    {
        if ($this->session === null) {
            $opened = $this->exchange('com.open', ['client' => 'postroom php', 'v' => 1]);
            $this->session = $opened['s'];
        }
        if ($this->released) {
            $params['release'] = $this->released;
            $this->released = [];
        }
        $params['s'] = $this->session;
        return $this->exchange($method, $params);
    }

    /** Lets go of a handle with the next request. */
    public function release($handle)
    {
        $this->released[] = $handle;
    }

    /** Ends the session, so that the server holds nothing of a request that is over. */
    public function close()
    {
        if ($this->session !== null) {
            try {
                $this->exchange('com.close', ['s' => $this->session]);
            } catch (com_exception $gone) {
                // nothing is left to end
            }
        }
        $this->session = null;
        $this->hangUp();
    }

    private function exchange($method, array $params)
    {
        $request = ['jsonrpc' => '2.0', 'id' => ++$this->number, 'method' => $method, 'params' => $params];
        $body = json_encode($request, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION);
        list($status, $answer, $wait) = $this->post($body);
        for ($tries = 3; $wait && $tries; --$tries) {
            sleep($wait); // it was not carried out: the server has too much to do, and said when to ask again
            list($status, $answer, $wait) = $this->post($body);
        }
        $told = json_decode($answer, true, 512, JSON_BIGINT_AS_STRING);
        if ($status !== 200 || !is_array($told)) {
            $detail = is_array($told) && isset($told['detail']) ? $told['detail'] : '';
            throw new com_exception(trim("The server refuses the connection (HTTP $status). $detail"), 0x80070005);
        }
        if (isset($told['error'])) {
            $data = isset($told['error']['data']) ? $told['error']['data'] : ['hresult' => '0x80004005', 'source' => 'hMailServer COM library'];
            throw new com_exception($told['error']['message'], hexdec($data['hresult']), $data['source']);
        }
        return $told['result'];
    }

    private function post($body)
    {
        $parts = parse_url($this->url);
        $tls = isset($parts['scheme']) && $parts['scheme'] === 'https';
        $host = $parts['host'];
        $port = isset($parts['port']) ? $parts['port'] : ($tls ? 443 : 8787);
        $path = isset($parts['path']) && trim($parts['path'], '/') !== '' ? $parts['path'] : '/com/v1';
        if ($this->stream !== null && $this->stream !== false && feof($this->stream)) {
            $this->hangUp(); // the server closed a line that rested
        }
        if (!$this->stream) {
            $context = stream_context_create(['socket' => ['tcp_nodelay' => true]]);
            $this->stream = @stream_socket_client(($tls ? 'tls' : 'tcp') . "://$host:$port", $number, $reason, 10, STREAM_CLIENT_CONNECT, $context);
            if (!$this->stream) {
                throw new com_exception("The RPC server is unavailable: $this->url ($reason).", 0x800706BA);
            }
            stream_set_timeout($this->stream, 600);
        }
        $key = $this->key === '' ? '' : "Authorization: Bearer $this->key\r\n";
        $head = "POST $path HTTP/1.1\r\nHost: $host:$port\r\nContent-Type: application/json\r\n{$key}Content-Length: " . strlen($body) . "\r\n\r\n";
        $this->send($head . $body);
        $status = (int) substr((string) $this->line(), 9, 3);
        $length = $wait = 0;
        while (($field = $this->line()) !== '') {
            if (stripos($field, 'content-length:') === 0) {
                $length = (int) trim(substr($field, 15));
            } elseif (($status === 429 || $status === 503) && stripos($field, 'retry-after:') === 0) {
                $wait = (int) trim(substr($field, 12));
            }
        }
        $answer = $length ? stream_get_contents($this->stream, $length) : '';
        if (strlen((string) $answer) !== $length) {
            $this->lost();
        }
        return [$status, $answer, $wait <= 60 ? $wait : 0];
    }

    private function send($data)
    {
        while ($data !== '') {
            $sent = @fwrite($this->stream, $data);
            if (!$sent) {
                $this->lost();
            }
            $data = (string) substr($data, $sent);
        }
    }

    private function line()
    {
        $line = fgets($this->stream, 65536);
        if ($line === false) {
            $this->lost();
        }
        return rtrim($line, "\r\n");
    }

    private function lost()
    {
        $this->hangUp(); // never sent a second time: it may have been carried out
        throw new com_exception("The RPC server is unavailable: $this->url closed the connection.", 0x800706BA);
    }

    private function hangUp()
    {
        if ($this->stream) {
            fclose($this->stream);
        }
        $this->stream = null;
    }
}

/** An object of the server, or a value with its type (a date). */
class VARIANT implements ArrayAccess, IteratorAggregate, Countable
{
    /** @var PostroomLine|null */
    protected $postroomLine = null;
    protected $postroomHandle = 0;
    protected $postroomClass = '';
    private $postroomValue = null;
    private $postroomType = VT_EMPTY;

    public function __construct($value = null, $type = null, $codepage = null)
    {
        $this->postroomValue = $value;
        $this->postroomType = $type === null ? self::typeOf($value) : $type;
    }

    /** Makes PHP's value of the protocol's. */
    public static function postroomTaken(PostroomLine $line, $value)
    {
        if (!is_array($value) || !isset($value['$t'])) {
            return $value;
        }
        switch ($value['$t']) {
            case 'obj':
                $class = 'COM_' . $value['c'];
                $made = class_exists($class, false) ? new $class() : new VARIANT();
                $made->postroomLine = $line;
                $made->postroomHandle = $value['h'];
                $made->postroomClass = $value['c'];
                $made->postroomType = VT_DISPATCH;
                return $made;
            case 'date':
                return new VARIANT($value['v'], VT_DATE);
            case 'i8':
                return PHP_INT_SIZE >= 8 ? (int) $value['v'] : $value['v'];
            case 'bin':
                return base64_decode($value['v']);
        }
        return null;
    }

    /** Gives a PHP value as the protocol has it. */
    public static function postroomGiven($value)
    {
        if ($value instanceof VARIANT) {
            if ($value->postroomLine !== null) {
                return ['$t' => 'obj', 'h' => $value->postroomHandle];
            }
            return $value->postroomType === VT_DATE ? ['$t' => 'date', 'v' => (string) $value->postroomValue] : $value->postroomValue;
        }
        return $value instanceof DateTimeInterface ? ['$t' => 'date', 'v' => $value->format('Y-m-d\TH:i:s')] : $value;
    }

    public function __get($name)
    {
        if (isset(POSTROOM_INDEXED[$this->postroomClass][strtolower($name)])) {
            return new PostroomIndexed($this, $name);
        }
        return $this->postroomAsk('com.invoke', $name, []);
    }

    public function __set($name, $value)
    {
        $this->postroomAsk('com.put', $name, [$value]);
    }

    public function __isset($name)
    {
        return isset(POSTROOM_MEMBERS[$this->postroomClass][strtolower($name)]);
    }

    public function __call($name, $arguments)
    {
        return $this->postroomAsk('com.invoke', $name, $arguments);
    }

    /** Asks the server; gives the value, and the out-parameters by reference. */
    public function postroomAsk($method, $name, array $arguments, &$outs = null)
    {
        if ($this->postroomLine === null) {
            throw new com_exception('Object required.', 0x800A01A8);
        }
        $given = array_map([self::class, 'postroomGiven'], array_values($arguments));
        $told = $this->postroomLine->request($method, ['o' => $this->postroomHandle, 'm' => $name, 'a' => $given]);
        $outs = isset($told['out']) ? $told['out'] : [];
        return isset($told['v']) ? self::postroomTaken($this->postroomLine, $told['v']) : null;
    }

    #[\ReturnTypeWillChange]
    public function offsetGet($index)
    {
        return $this->postroomAsk('com.invoke', '', [$index]);
    }

    #[\ReturnTypeWillChange]
    public function offsetExists($index)
    {
        return is_int($index) && $index >= 0 && $index < count($this);
    }

    #[\ReturnTypeWillChange]
    public function offsetSet($index, $value)
    {
        $this->postroomAsk('com.put', '', [$index, $value]);
    }

    #[\ReturnTypeWillChange]
    public function offsetUnset($index)
    {
        throw new com_exception('Member not found.', 0x80020003);
    }

    #[\ReturnTypeWillChange]
    public function count()
    {
        return $this->postroomAsk('com.get', 'Count', []);
    }

    #[\ReturnTypeWillChange]
    public function getIterator()
    {
        $start = 0;
        do {
            $run = $this->postroomLine->request('com.items', ['o' => $this->postroomHandle, 'start' => $start, 'count' => 500]);
            foreach ($run['v'] as $number => $row) {
                yield $start + $number => self::postroomTaken($this->postroomLine, $row[0]);
            }
            $start += 500;
        } while ($start < $run['total']);
    }

    public function __toString()
    {
        if ($this->postroomType === VT_DATE) {
            return date_create((string) $this->postroomValue)->format('n/j/Y g:i:s A');
        }
        return $this->postroomLine === null ? (string) $this->postroomValue : 'Object';
    }

    /** Gives the type of the value as variant_get_type does. */
    public function postroomType()
    {
        return $this->postroomType;
    }

    /** Gives the time of a date as variant_date_to_timestamp does. */
    public function postroomTimestamp()
    {
        return $this->postroomType === VT_DATE ? date_create((string) $this->postroomValue)->getTimestamp() : null;
    }

    public function __destruct()
    {
        if ($this->postroomLine !== null) {
            $this->postroomLine->release($this->postroomHandle);
        }
    }

    private static function typeOf($value)
    {
        $types = ['NULL' => VT_NULL, 'boolean' => VT_BOOL, 'integer' => VT_I4, 'double' => VT_R8, 'string' => VT_BSTR];
        $type = gettype($value);
        return isset($types[$type]) ? $types[$type] : VT_VARIANT;
    }
}

/** What `$message->HeaderValue["X"]` reads and writes: a property with an index. */
final class PostroomIndexed implements ArrayAccess
{
    private $object;
    private $name;

    public function __construct(VARIANT $object, $name)
    {
        $this->object = $object;
        $this->name = $name;
    }

    #[\ReturnTypeWillChange]
    public function offsetGet($index)
    {
        return $this->object->postroomAsk('com.get', $this->name, [$index]);
    }

    #[\ReturnTypeWillChange]
    public function offsetSet($index, $value)
    {
        $this->object->postroomAsk('com.put', $this->name, [$index, $value]);
    }

    #[\ReturnTypeWillChange]
    public function offsetExists($index)
    {
        return true;
    }

    #[\ReturnTypeWillChange]
    public function offsetUnset($index)
    {
        throw new com_exception('Member not found.', 0x80020003);
    }
}

/** Makes an object of a server by its ProgID. */
class COM extends VARIANT
{
    public function __construct($progid, $server = null, $codepage = CP_ACP, $typelib = '')
    {
        if (is_int($server)) { // new COM(progid, codepage)
            $server = null;
        }
        parent::__construct(null, VT_DISPATCH);
        $line = PostroomLine::to($server);
        $told = $line->request('com.create', ['progid' => $progid]);
        $this->postroomLine = $line;
        $this->postroomHandle = $told['v']['h'];
        $this->postroomClass = $told['v']['c'];
    }
}

require_once __DIR__ . '/outs.php';

if (!function_exists('com_create_guid')) {
    function com_create_guid()
    {
        $hex = strtoupper(bin2hex(random_bytes(16)));
        return vsprintf('{%s%s-%s-%s-%s-%s%s%s}', str_split($hex, 4));
    }

    function variant_get_type($variant)
    {
        return $variant instanceof VARIANT ? $variant->postroomType() : VT_VARIANT;
    }

    function variant_date_to_timestamp($variant)
    {
        return $variant->postroomTimestamp();
    }

    function variant_date_from_timestamp($timestamp)
    {
        return new VARIANT(date('Y-m-d\TH:i:s', $timestamp), VT_DATE);
    }
}
