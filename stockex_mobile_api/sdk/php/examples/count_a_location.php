<?php

/** Count a location: `php count_a_location.php LOCATION_ID QUANTITY…`, a quantity a line. */

declare(strict_types=1);

require __DIR__ . '/../autoload.php';

use Stockex\Client\Client;

$client = new Client(getenv('STOCKEX_URL'), getenv('STOCKEX_KEY'));
$id = $client->createCount(['scope' => 'locations', 'location_ids' => [(int) $argv[1]]])['id'];
$client->startCount($id);
$entries = [];
foreach ($client->iterCountLines($id) as $number => $line) {
    $entries[] = ['uuid' => Client::uuid4(), 'line_id' => $line['id'], 'quantity' => (float) $argv[$number + 2]];
}
$client->createCountEntries($id, ['entries' => $entries]);
$count = $client->submitCount($id);
echo "{$count['name']}: {$count['counted_count']} lines counted, {$count['state']}\n";
