<?php

declare(strict_types=1);

namespace Stockex\Client;

/** What the server answered. */
final class Answer
{
    /** @param array<string, string> $headers by their names in small letters */
    public function __construct(
        public readonly int $status,
        private readonly array $headers,
        public readonly string $body,
    ) {
    }

    public function header(string $name): string
    {
        return $this->headers[strtolower($name)] ?? '';
    }

    /**
     * Read the JSON in it.
     *
     * @throws NetworkError if it is none: something between here and the server answered
     */
    public function json(): mixed
    {
        try {
            return json_decode($this->body, true, 512, JSON_THROW_ON_ERROR);
        } catch (\JsonException $error) {
            throw new NetworkError("The answer {$this->status} is no JSON.", 0, $error);
        }
    }
}
