<?php

declare(strict_types=1);

namespace Stockex\Client;

/** Sends requests: the key, repetition, errors, pages. */
abstract class Transport
{
    /** Nothing was done; the same request may come again. */
    private const NOT_NOW = [429, 503];
    /** A proxy lost the answer; whether it was done is known to the Idempotency-Key only. */
    private const LOST = [502, 504];
    private const JSON = 'application/json';
    /** The largest page there is: few requests. */
    private const PAGE_LIMIT = 200;

    private readonly string $url;
    private readonly \CurlHandle $curl;

    /**
     * @param string $url of the server, `https://erp.example.com`
     * @param string $key an API key, `sxk_…`, or an access token
     * @param int $timeoutS longest time for one request
     * @param int $maxRetries how often a request is repeated when the server is busy, the key
     *     over its limit, or the line cut; 0 never repeats
     * @param int $maxWaitS longest wait before a repetition; a server that asks for more is an
     *     error at once
     * @param array<int, mixed> $curlOptions for proxies or certificates of your own
     */
    public function __construct(
        string $url,
        #[\SensitiveParameter] private readonly string $key,
        private readonly int $timeoutS = 60,
        private readonly int $maxRetries = 5,
        private readonly int $maxWaitS = 120,
        private readonly array $curlOptions = [],
    ) {
        $this->url = str_replace(Version::ROOT, '', rtrim($url, '/')) . Version::ROOT;
        $this->curl = curl_init();
    }

    // --- What operations call ---

    /** @param array<string, mixed> $query */
    protected function read(string $path, array $query = []): mixed
    {
        return $this->send('GET', $path, $query)->json();
    }

    /** @return array{record: mixed, etag: string} */
    protected function readVersion(string $path, ?string $etag): array
    {
        $answer = $this->send('GET', $path, [], null, ['If-None-Match' => $etag]);
        $record = $answer->status === 304 ? null : $answer->json();
        return ['record' => $record, 'etag' => $answer->header('ETag') ?: (string) $etag];
    }

    /** @param array<string, mixed> $query */
    protected function pages(string $path, array $query): \Generator
    {
        $query += ['limit' => self::PAGE_LIMIT];
        do {
            $page = $this->read($path, $query);
            foreach ($page['data'] as $record) {
                yield $record;
            }
            $query['cursor'] = $page['next_cursor'];
        } while ($page['next_cursor'] !== null);
    }

    /** @param array<string, mixed> $query */
    protected function download(string $path, array $query = []): string
    {
        return $this->send('GET', $path, $query)->body;
    }

    /**
     * Send a change; the answer's JSON, or null if it has none.
     *
     * @param array<string, mixed>|string|null $body
     * @param array<string, mixed> $query
     */
    protected function change(
        string $method,
        string $path,
        array|string|null $body = null,
        string $mediaType = self::JSON,
        array $query = [],
        ?string $idempotencyKey = null,
        ?string $ifMatch = null,
    ): mixed {
        $headers = ['If-Match' => $ifMatch];
        if ($method === 'POST') {
            $headers['Idempotency-Key'] = $idempotencyKey ?? self::uuid4();
        }
        if ($body !== null) {
            $headers['Content-Type'] = $mediaType;
        }
        if (is_array($body)) {
            $flags = JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES;
            $body = json_encode((object) $body, $flags);
        }
        $answer = $this->send($method, $path, $query, $body, $headers);
        return $answer->body === '' ? null : $answer->json();
    }

    /** Make a UUID. */
    public static function uuid4(): string
    {
        $bytes = random_bytes(16);
        $bytes[6] = chr((ord($bytes[6]) & 0x0f) | 0x40);
        $bytes[8] = chr((ord($bytes[8]) & 0x3f) | 0x80);
        return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
    }

    // --- Sending ---

    /**
     * Send a request until it is answered, or must not be sent again.
     *
     * @param array<string, mixed> $query
     * @param array<string, ?string> $headers
     * @throws ApiError if the server refuses
     * @throws NetworkError if no answer came
     */
    private function send(
        string $method,
        string $path,
        array $query = [],
        ?string $body = null,
        array $headers = [],
    ): Answer {
        // A change without an Idempotency-Key could happen twice.
        $repeatable = $method === 'GET' || $method === 'POST';
        $again = $repeatable ? [...self::NOT_NOW, ...self::LOST] : self::NOT_NOW;
        for ($attempt = 0;; $attempt++) {
            $last = $attempt >= $this->maxRetries;
            $waitS = self::backoffS($attempt);
            try {
                return $this->sendOnce($method, $path . self::queryString($query), $body, $headers);
            } catch (NetworkError $error) {
                if ($last || !$repeatable) {
                    throw $error;
                }
            } catch (ApiError $error) {
                $waitS = $error->retryAfterS ?? $waitS;
                if ($last || !in_array($error->status, $again, true) || $waitS > $this->maxWaitS) {
                    throw $error;
                }
            }
            usleep((int) ($waitS * 1_000_000));
        }
    }

    /** @param array<string, ?string> $headers */
    private function sendOnce(string $method, string $path, ?string $body, array $headers): Answer
    {
        $received = [];
        curl_reset($this->curl);
        curl_setopt_array($this->curl, $this->curlOptions + [
            CURLOPT_URL => $this->url . $path,
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_HTTPHEADER => $this->headerLines($headers),
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => $this->timeoutS,
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_USERAGENT => 'stockex-client-php/' . Version::VERSION,
            CURLOPT_HEADERFUNCTION => static function ($curl, string $line) use (&$received): int {
                [$name, $value] = explode(':', $line, 2) + [1 => ''];
                $received[strtolower(trim($name))] = trim($value);
                return strlen($line);
            },
        ]);
        if ($body !== null) {
            curl_setopt($this->curl, CURLOPT_POSTFIELDS, $body);
        }
        $text = curl_exec($this->curl);
        if (!is_string($text)) {
            throw new NetworkError("$method $path: " . curl_error($this->curl));
        }
        $answer = new Answer(curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE), $received, $text);
        if ($answer->status >= 300 && $answer->status !== 304) {
            throw new ApiError($answer);
        }
        return $answer;
    }

    /**
     * @param array<string, ?string> $headers
     * @return list<string>
     */
    private function headerLines(array $headers): array
    {
        // Without it, curl waits for a 100 before it sends a large body.
        $lines = ["Authorization: Bearer {$this->key}", 'Expect:'];
        foreach ($headers as $name => $value) {
            if ($value !== null) {
                $lines[] = "$name: $value";
            }
        }
        return $lines;
    }

    /**
     * Write a query; the items of a list are separated by commas.
     *
     * @param array<string, mixed> $query
     */
    private static function queryString(array $query): string
    {
        $parts = [];
        foreach ($query as $name => $value) {
            if (is_bool($value)) {
                $parts[$name] = $value ? 'true' : 'false';
            } elseif ($value !== null) {
                $parts[$name] = is_array($value) ? implode(',', $value) : (string) $value;
            }
        }
        return $parts ? '?' . http_build_query($parts, '', '&', PHP_QUERY_RFC3986) : '';
    }

    /** Wait longer each time, and not with everybody else. */
    private static function backoffS(int $attempt): float
    {
        $longest = min(30.0, 0.5 * 2 ** $attempt);
        return $longest * random_int(500, 1000) / 1000;
    }
}
