<?php

declare(strict_types=1);

namespace Stockex\Client;

/** Every error of this client. */
class StockexError extends \RuntimeException
{
}
