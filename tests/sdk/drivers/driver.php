<?php

/** Make the calls of standard input with the PHP client; print what came of each. */

declare(strict_types=1);

require __DIR__ . '/../../../stockex_mobile_api/sdk/php/autoload.php';

use Stockex\Client\ApiError;
use Stockex\Client\Client;
use Stockex\Client\NetworkError;

set_error_handler(static function (int $level, string $text): never {
    throw new ErrorException($text);
});

function camel(string $name): string
{
    return lcfirst(str_replace('_', '', ucwords($name, '_')));
}

/** @param array<string, mixed> $values */
function camelKeys(array $values): array
{
    return array_combine(array_map('camel', array_keys($values)), $values);
}

/** @param array<string, mixed> $call */
function run(Client $client, array $call): array
{
    $values = $call['places'] ?? [];
    if (isset($call['data'])) {
        array_push($values, base64_decode($call['data']), $call['media_type']);
    }
    if (isset($call['body'])) {
        $values[] = $call['body'];
    }
    if (isset($call['query'])) {
        $values[] = $call['query'];
    }
    try {
        $answer = $client->{camel($call['name'])}(...$values, ...camelKeys($call['options'] ?? []));
        if ($answer instanceof Generator) {
            $answer = iterator_to_array($answer);
        }
        return ['value' => is_string($answer) ? base64_encode($answer) : $answer];
    } catch (ApiError $error) {
        return [
            'error' => [
                'status' => $error->status,
                'code' => $error->problemCode,
                'title' => $error->title,
                'detail' => $error->detail,
                'errors' => $error->errors,
                'request_id' => $error->requestId,
                'retry_after_s' => $error->retryAfterS,
            ],
            'text' => $error->getMessage(),
        ];
    } catch (NetworkError $error) {
        return ['network' => $error->getMessage()];
    }
}

[, $url, $key, $settings] = $argv;
$client = new Client($url, $key, ...camelKeys(json_decode($settings, true)));
$results = [];
foreach (json_decode(stream_get_contents(STDIN), true) as $call) {
    $started = hrtime(true);
    $results[] = run($client, $call) + ['seconds' => (hrtime(true) - $started) / 1e9];
}
echo json_encode($results, JSON_THROW_ON_ERROR);
