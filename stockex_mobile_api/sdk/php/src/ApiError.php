<?php

declare(strict_types=1);

namespace Stockex\Client;

/** The server refused (RFC 9457). */
final class ApiError extends StockexError
{
    /** Stable, for programs, such as `refused`; not PHP's own numeric code. */
    public readonly string $problemCode;
    public readonly int $status;
    public readonly string $title;
    /** What happened, to which record, and the way out. */
    public readonly string $detail;
    /** @var list<array{where: string, message: string, code: string}> one a fault (422) */
    public readonly array $errors;
    /** Names the request in the server's log. */
    public readonly string $requestId;
    public readonly ?int $retryAfterS;

    public function __construct(Answer $answer)
    {
        // What a proxy says in HTML is no problem document.
        $problem = json_decode($answer->body, true);
        $problem = is_array($problem) ? $problem : [];
        $seconds = $answer->header('Retry-After');
        $this->status = $answer->status;
        $this->problemCode = (string) ($problem['code'] ?? "http_{$answer->status}");
        $this->title = (string) ($problem['title'] ?? 'Error');
        $this->detail = (string) ($problem['detail'] ?? "The server answered {$answer->status}.");
        $this->errors = $problem['errors'] ?? [];
        $this->requestId = (string) ($problem['request_id'] ?? $answer->header('X-Request-Id'));
        $this->retryAfterS = ctype_digit($seconds) ? (int) $seconds : null;
        parent::__construct("{$this->status} {$this->problemCode}: {$this->detail}", $this->status);
    }
}
